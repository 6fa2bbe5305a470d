;;; completion.el --- What `completion-at-point' offers  -*- lexical-binding: t; -*-
;;; Code:

(defun run ()
  "The words offered behind INCLUDE."
  (go-behind "INCLUDE ")
  (let ((found (run-hook-with-args-until-success 'completion-at-point-functions)))
    (mapcar #'substring-no-properties (all-completions "" (nth 2 found)))))

;;; completion.el ends here
