import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useWords } from "../context.tsx";
import { IconButton } from "./button.tsx";
import "./dialog.css";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly width?: number;
}

/** A modal window. Escape, the cross and a press outside close it. */
export function Dialog({ title, onClose, children, width = 480 }: DialogProps) {
  const { t } = useWords();
  return (
    <ModalOverlay className="lt-scrim" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className="lt-modal" style={{ width }}>
        <AriaDialog className="lt-dialog">
          <div className="lt-dialog-head">
            <Heading slot="title">{title}</Heading>
            <IconButton label={t("action.close")} icon={X} onPress={onClose} />
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
