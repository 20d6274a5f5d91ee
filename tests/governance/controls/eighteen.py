"""A framework as large as the CIS Controls: 18 controls, 153 safeguards (IG1 56, IG2 130)."""

from __future__ import annotations

from core.text import Text, text
from governance.controls.model import Control, Dimension, Framework, Named, Safeguard

_CONTROLS = (
    ("Devices", "Dispositivos", 5),
    ("Software", "Programas", 7),
    ("Data protection", "Protección de datos", 14),
    ("Secure settings", "Configuración segura", 12),
    ("Accounts", "Cuentas", 6),
    ("Access rights", "Permisos de acceso", 8),
    ("Vulnerabilities", "Vulnerabilidades", 7),
    ("Audit logs", "Registros de auditoría", 12),
    ("Email and browsers", "Correo y navegadores", 7),
    ("Malware", "Programas maliciosos", 7),
    ("Backups", "Copias de seguridad", 5),
    ("Network equipment", "Equipos de red", 8),
    ("Network monitoring", "Vigilancia de la red", 11),
    ("Training", "Formación", 9),
    ("Vendors", "Proveedores", 7),
    ("Own applications", "Aplicaciones propias", 14),
    ("Incident response", "Respuesta a incidentes", 9),
    ("Penetration tests", "Pruebas de penetración", 5),
)
_FUNCTIONS = ("Govern", "Identify", "Protect", "Detect", "Respond", "Recover")
_SHARES = (56, 130, 153)


def _group(place: int) -> str:
    """The groups are spread over the controls as evenly as they can be."""
    turn = place * 7 % 153  # 7 and 153 have no divisor in common: each place comes once
    return next(f"ig{n}" for n, upto in enumerate(_SHARES, start=1) if turn < upto)


def _controls() -> tuple[Control, ...]:
    found, place = [], 0
    for n, (name, spanish, many) in enumerate(_CONTROLS, start=1):
        safeguards = []
        for m in range(1, many + 1):
            safeguards.append(
                Safeguard(
                    number=f"{n}.{m}",
                    name=_named(name, spanish, m),
                    group=_group(place),
                    function=_FUNCTIONS[place % 6].lower(),
                )
            )
            place += 1
        named = text(name, es=spanish)
        found.append(Control(number=str(n), name=named, safeguards=tuple(safeguards)))
    return tuple(found)


def _named(name: str, spanish: str, m: int) -> Text:
    return text(f"{name}: step {m} of the practice", es=f"{spanish}: paso {m} de la práctica")


EIGHTEEN = Framework(
    key="eighteen",
    version="8.1",
    name=text("Eighteen controls", es="Dieciocho controles"),
    short="CIS",
    groups=tuple(Named(key=f"ig{n}", name=text(f"IG{n}")) for n in (1, 2, 3)),
    controls=_controls(),
    functions=tuple(Named(key=one.lower(), name=text(one)) for one in _FUNCTIONS),
    steps={
        one: tuple(
            text(f"{20 * n - 19 if n > 1 else 0} to {20 * n} % ({one})") for n in range(1, 6)
        )
        for one in Dimension
    },
    source="The Center for Internet Security, CC BY-NC-ND 4.0",
)
