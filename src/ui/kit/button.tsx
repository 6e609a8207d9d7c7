import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, Tooltip, TooltipTrigger } from "react-aria-components";
import "./button.css";

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  /** Id of the form that it sends, as Enter in one of its fields does. */
  readonly submits?: string;
  readonly icon?: LucideIcon;
  /** `main` is the one thing to do here; `plain` everything else; `quiet` has no frame. */
  readonly tone?: "main" | "plain" | "quiet";
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
}

export function Button({
  children,
  onPress,
  submits,
  icon: Icon,
  tone = "plain",
  isDisabled,
  autoFocus,
}: ButtonProps) {
  return (
    <AriaButton
      className={`lt-button lt-button-${tone}`}
      {...(onPress && { onPress })}
      {...(submits && { type: "submit" as const, form: submits })}
      isDisabled={isDisabled ?? false}
      autoFocus={autoFocus ?? false}
    >
      {Icon && <Icon className="lt-icon" aria-hidden />}
      <span>{children}</span>
    </AriaButton>
  );
}

interface IconButtonProps {
  /** Accessible name; shown as tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onPress: () => void;
  readonly hint?: string;
  readonly pressed?: boolean;
  readonly isDisabled?: boolean;
  readonly side?: "top" | "bottom" | "left" | "right";
  readonly className?: string;
}

export function IconButton(props: IconButtonProps) {
  const { label, icon: Icon, onPress, hint, pressed, isDisabled, side = "bottom", className = "" } = props;
  return (
    <Tip text={hint ? `${label}  ${hint}` : label} side={side}>
      <AriaButton
        className={`lt-icon-button ${className}`}
        aria-label={label}
        {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
        onPress={onPress}
        isDisabled={isDisabled ?? false}
      >
        <Icon className="lt-icon" aria-hidden />
      </AriaButton>
    </Tip>
  );
}

interface TipProps {
  readonly text: string;
  readonly children: ReactNode;
  readonly side?: "top" | "bottom" | "left" | "right";
}

/** Tooltip of a focusable element. */
export function Tip({ text, children, side = "bottom" }: TipProps) {
  return (
    <TooltipTrigger delay={450} closeDelay={60}>
      {children}
      <Tooltip className="lt-tip" placement={side} offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
