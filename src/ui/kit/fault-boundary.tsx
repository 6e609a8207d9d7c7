import { Component, type ReactNode } from "react";
import { useWords } from "../context.tsx";
import { Button } from "./button.tsx";

function Fault({ onRetry }: { onRetry: () => void }) {
  const { t } = useWords();
  return (
    <div className="lt-fault-panel lt-glass" role="alert">
      <p>{t("panel.failed")}</p>
      <div className="lt-row-buttons">
        <Button onPress={onRetry}>{t("panel.retry")}</Button>
        <Button onPress={() => location.reload()}>{t("action.reload")}</Button>
      </div>
    </div>
  );
}

/** What fails inside, or cannot be fetched, takes only its own place with it: the rest of the desk stays. */
export class FaultBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return <Fault onRetry={() => this.setState({ isBroken: false })} />;
  }
}
