class VipLsp < Formula
  desc "Language server and linter for proposal documents"
  homepage "${repository}"
  version "${version}"
  license "${license}"

  on_macos do
    on_arm do
      url "${repository}/releases/download/v${version}/vip-lsp-v${version}-aarch64-apple-darwin.tar.gz"
      sha256 "${aarch64_apple_darwin}"
    end
    on_intel do
      url "${repository}/releases/download/v${version}/vip-lsp-v${version}-x86_64-apple-darwin.tar.gz"
      sha256 "${x86_64_apple_darwin}"
    end
  end

  on_linux do
    on_arm do
      url "${repository}/releases/download/v${version}/vip-lsp-v${version}-aarch64-unknown-linux-musl.tar.gz"
      sha256 "${aarch64_unknown_linux_musl}"
    end
    on_intel do
      url "${repository}/releases/download/v${version}/vip-lsp-v${version}-x86_64-unknown-linux-musl.tar.gz"
      sha256 "${x86_64_unknown_linux_musl}"
    end
  end

  def install
    bin.install "vip-lsp"
    generate_completions_from_executable(bin/"vip-lsp", "completions")
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/vip-lsp --version")
    (testpath/"vip-1.md").write "# VIP-1: A title\n"
    assert_match "stub-proposal", shell_output("#{bin}/vip-lsp check")
  end
end
