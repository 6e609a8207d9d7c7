import { createRoot } from "react-dom/client";
import { Scope } from "../base/scope.ts";
import { TwinProvider, type TwinUi } from "./context.tsx";
import { listenToKeys } from "./keyboard.ts";
import { App } from "./shell/app.tsx";
import "./kit/base.css";

/** The id under which react-aria would inject a <style>, which the page's security policy refuses; base.css has the rule instead. */
const PRESSABLE_STYLE_ID = "react-aria-pressable-style";

function reservePressableStyle(scope: Scope): void {
  if (document.getElementById(PRESSABLE_STYLE_ID)) return;
  const meta = document.createElement("meta");
  meta.id = PRESSABLE_STYLE_ID;
  document.head.append(meta);
  scope.add(() => meta.remove());
}

/** Theme, type size, mode and language stand on <html>, where the tokens read them. */
function reflectOnRoot(twin: TwinUi, scope: Scope): void {
  const root = document.documentElement;
  const { ui } = twin.stores;
  const reflect = () => {
    const state = ui.get();
    root.lang = state.locale;
    root.dataset.theme = state.theme;
    root.dataset.large = String(state.largeType);
    root.dataset.mode = state.mode;
  };
  reflect();
  scope.add(ui.watch((state) => state, reflect));
}

/** Puts the interface into `host` and returns the function that takes it away. */
export function mountUi(host: HTMLElement, context: TwinUi): () => void {
  const scope = new Scope();
  reservePressableStyle(scope);
  reflectOnRoot(context, scope);
  listenToKeys(context, scope);
  const root = createRoot(host);
  root.render(
    <TwinProvider twin={context}>
      <App />
    </TwinProvider>,
  );
  scope.add(() => root.unmount());
  return () => scope.dispose();
}
