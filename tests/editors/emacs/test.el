;;; test.el --- One author's session in Emacs, with eglot -*- lexical-binding: t -*-

;;; Commentary:

;; `run' starts this, with the page for Emacs in PAGE, whose first block is the configuration.  In batch mode, idle timers do
;; not fire, so that changes are sent by hand, and there are no commands, so that what waits for their end is run by hand.

;;; Code:

(package-initialize)
(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'markdown-mode)

(defconst test-patience 10 "How many seconds anything may take.")
(defconst test-closing 2 "How many seconds a server may outlive its connection.")

(defun test-equal (expected found what)
  "Fail, with WHAT was looked at, unless FOUND is EXPECTED."
  (unless (equal expected found)
    (error "%s\nexpected: %S\nfound:    %S" what expected found)))

(defun test-eventually (expected find what &optional patience)
  "Wait until FIND returns EXPECTED, for PATIENCE seconds; WHAT is looked at."
  (let ((end (+ (float-time) (or patience test-patience))))
    (while (and (not (equal expected (funcall find))) (< (float-time) end))
      (accept-process-output nil 0.02)))
  (test-equal expected (funcall find) (concat what ", in time")))

(defun test-place (position)
  "POSITION as line:column, columns in characters from 0."
  (save-excursion
    (goto-char position)
    (format "%d:%d" (line-number-at-pos) (- position (line-beginning-position)))))

(defun test-diagnostics ()
  "What Flymake shows of the current buffer, by place."
  (flymake-start)
  (sort
   (mapcar (lambda (found)
             (format "%s-%s %s %s"
                     (test-place (flymake-diagnostic-beg found))
                     (test-place (flymake-diagnostic-end found))
                     (flymake-diagnostic-type found)
                     (flymake-diagnostic-text found)))
           (flymake-diagnostics))
   #'string<))

(defun test-changed ()
  "Send what changed to the server, as an idle timer would."
  (eglot--signal-textDocument/didChange))

(defun test-line (number)
  "The text of line NUMBER."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- number))
    (buffer-substring-no-properties (line-beginning-position) (line-end-position))))

(defun test-go-to (text)
  "Go behind TEXT."
  (goto-char (point-min))
  (search-forward text))

(defconst test-anchor "link points to \"#layout\", but this document has no such heading; correct the anchor")
(defconst test-too-long
  "6:3-6:10 eglot-warning vip-lsp [section-too-long]: section \"Summary\" has 39 words, but at most 30 are allowed")
(defconst test-found
  (list
   (concat "18:97-18:118 eglot-warning vip-lsp [broken-anchor]: " test-anchor)
   "23:0-24:0 eglot-warning vip-lsp [missing-section]: section \"Rollout\" is missing; add it after \"Design\""
   test-too-long))

(defun test-start ()
  "Open the proposal, and a connection for it."
  (find-file "docs/proposals/vip-7.md")
  (test-equal 'markdown-mode major-mode "major mode")
  (run-hooks 'post-command-hook)
  (test-eventually t (lambda () (and (eglot-managed-p) t)) "served: vip-7.md")
  (let ((process (jsonrpc--process (eglot-current-server))))
    (test-equal '("vip-lsp") (process-command process) "command of the server")
    process))

(defun test-take-fix (title)
  "Take the quick fix called TITLE at point, as a user does who picks it from the menu."
  (let* ((last-nonmenu-event ?\r)
         (completing-read-function
          (lambda (_prompt titles &rest _)
            (let ((offered (all-completions "" titles)))
              (unless (member title offered)
                (test-equal title offered "quick fixes offered")))
            title)))
    (call-interactively #'eglot-code-actions)))

(defun test-mends-the-proposal ()
  "The section fix inserts the heading and its guidance."
  (test-go-to "## Design")
  (test-take-fix "Insert section \"Rollout\"")
  (test-changed)
  (test-equal "## Rollout" (test-line 24) "heading after the fix")
  (test-eventually
   (list
    (concat "18:97-18:118 eglot-warning vip-lsp [broken-anchor]: " test-anchor)
    "24:3-24:10 eglot-note vip-lsp [empty-section]: section \"Rollout\" is empty; fill it in, or say why it does not apply"
    test-too-long)
   #'test-diagnostics "diagnostics after the fix")
  (revert-buffer t t t)
  (test-changed)
  (test-eventually test-found #'test-diagnostics "diagnostics after the fix was taken back"))

;; The names of sections are no symbols, which eglot takes for what is completed: the command alone may insert no more than what
;; those offered have in common.
(defun test-completes (typed)
  "Behind TYPED, the missing section is offered, and put there as completion in a list does."
  (test-go-to "## Design")
  (beginning-of-line)
  (insert typed "\n\n")
  (forward-char -2)
  (test-changed)
  (pcase-let* ((`(,start ,end ,table . ,properties) (eglot-completion-at-point))
               (pattern (buffer-substring-no-properties start end))
               (offered (completion-all-completions pattern table nil (length pattern)))
               (section nil))
    (when offered (setcdr (last offered) nil))
    (setq section (car (member "## Rollout" offered)))
    (unless section (test-equal "## Rollout" offered (concat "offered at " typed)))
    (delete-region start end)
    (insert section)
    (funcall (plist-get properties :exit-function) section 'finished))
  (test-equal "## Rollout" (test-line 16) (concat "completed: " typed))
  (revert-buffer t t t)
  (test-changed))

(defun test-leaves (index)
  "The entries of INDEX that have no others below them, as line and name."
  (mapcan (lambda (entry)
            (if (consp (cdr entry))
                (test-leaves (cdr entry))
              (list (format "%d %s" (line-number-at-pos (cdr entry)) (car entry)))))
          index))

(defun test-reads-the-outline ()
  "Imenu leads to metadata and sections."
  ;; By kind in eglot 1.9, with the title and all sections as leaves, and as a tree in later ones.
  (let ((leaves (test-leaves (funcall imenu-create-index-function)))
        (expected '("3 Status" "4 Author(s)" "6 Summary" "11 Motivation" "20 Measurements" "24 Test Plan")))
    (test-equal expected (cl-remove-if-not (lambda (leaf) (member leaf leaves)) expected) "outline")))

(defun test-renames-a-heading ()
  "A renamed heading takes the links of other files with it."
  (test-go-to "## Motiv")
  (cl-letf (((symbol-function 'y-or-n-p) #'always))
    (eglot-rename "Why 🧊 matters"))
  (test-changed)
  (test-equal "## Why 🧊 matters" (test-line 11) "heading after the renaming")
  (with-current-buffer (find-file-noselect "vip-3.md")
    (test-equal
     "A restart takes seconds in place of minutes. What it does to caches is in [VIP-7](vip-7.md#why--matters)."
     (test-line 8) "link to the heading"))
  (save-some-buffers t)
  (let ((missing (concat "10:0-11:0 eglot-note vip-lsp [missing-section]: "
                         "section \"Motivation\" is missing; add it after \"Summary\", "
                         "unless \"Why 🧊 matters\" covers it")))
    (test-eventually (sort (cons missing (copy-sequence test-found)) #'string<)
                     #'test-diagnostics "diagnostics after the renaming")))

(defun test-stops (process)
  "The connection closes, and PROCESS ends: with which code is chance, as eglot kills what has not ended yet."
  (let ((id (process-id process))
        (start (float-time)))
    (call-interactively #'eglot-shutdown)
    (test-eventually nil (lambda () (process-attributes id)) "process left" (- (+ start test-closing) (float-time)))
    (kill-buffer)))

(defun test-leaves-it-open ()
  "A second connection that nobody closes: `run' sees that the server ends with Emacs."
  (let ((process (test-start)))
    (test-eventually 4 (lambda () (length (test-diagnostics))) "diagnostics of a second server")
    (with-temp-file (getenv "SERVER_PID") (insert (number-to-string (process-id process))))
    ;; What the server asks while Emacs leaves can have no answer.
    (set-process-filter process #'ignore)))

(defun test-configure ()
  "Evaluate the first block of the page."
  (with-temp-buffer
    (insert-file-contents (getenv "PAGE"))
    (search-forward "```elisp\n")
    (let ((start (point)))
      (search-forward "```")
      (eval-region start (match-beginning 0)))))

(defun test-session ()
  "The whole session."
  (test-configure)
  (let ((process (test-start)))
    (test-eventually test-found #'test-diagnostics "diagnostics of the proposal")
    (test-mends-the-proposal)
    (dolist (typed '("## " "## Ro" "## 🧊 Ro"))
      (test-completes typed))
    (test-reads-the-outline)
    (test-renames-a-heading)
    (test-stops process)
    (test-leaves-it-open)))

(setq make-backup-files nil
      create-lockfiles nil
      auto-save-default nil
      inhibit-message t)
(condition-case problem
    (test-session)
  (error
   (setq inhibit-message nil)
   (message "emacs: %s" (error-message-string problem))
   (kill-emacs 1)))

;;; test.el ends here
