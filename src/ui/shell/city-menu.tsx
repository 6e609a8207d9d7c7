import type { ReactNode } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { CITIES, type CityId } from "../../domain/city.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { useRun } from "../use-run.ts";
import "../kit/menu.css";

/** The cities to go to. `children` is the name that opens it. */
export function CityMenu({ children }: { children: ReactNode }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const city = useStore(stores.city, (state) => state.city);
  return (
    <MenuTrigger>
      <Button className="lt-city-button">
        <span className="lt-hidden">{t("top.city")}</span>
        {children}
      </Button>
      <Popover className="lt-popover" placement="bottom start" offset={6}>
        <Menu
          className="lt-menu"
          aria-label={t("top.city")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[city]}
          onAction={(key) => run({ type: "set-city", city: key as CityId })}
        >
          {Object.values(CITIES).map((one) => (
            <MenuItem key={one.id} id={one.id} className="lt-menu-item" textValue={t.text(one.name)}>
              <span>{t.text(one.name)}</span>
              <span className="lt-menu-note">EPSG:{one.epsg}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
