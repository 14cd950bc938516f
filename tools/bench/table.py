"""The results as Markdown: who needs how long, and how many times as long as the kernel."""

from statistics import median

KERNEL = "nncore, compiled kernel"
NUMPY = "nncore, NumPy in Pyodide"
SKLEARN = "scikit-learn, native"
PLAIN = "JavaScript, one object per neuron"


def table(found: dict) -> str:
    """Return everything that was found as Markdown."""
    parts = [
        f"Measured on {found['date']}: {found['machine']}; {browser(found['agent'])}. "
        "Medians (smallest to largest) of "
        f"{found['rounds']} rounds in which all took turns, after checking that all compute the "
        "same; milliseconds."
    ]
    if "epochs" in found:
        rows = {
            label: {**times, **_native(found, label)} for label, times in found["epochs"].items()
        }
        parts += ["**One epoch of 250 points**", grid(rows, "network, batch")]
    if "grid" in found:
        parts += ["**100 x 100 points through all neurons**", grid(found["grid"], "network")]
    if "wine" in found:
        parts += [
            "**The Wine exercise, 20 epochs**",
            grid({"13-8-5-2-3": found["wine"]}, "network"),
        ]
    for axis, rows in found.get("growth", {}).items():
        parts += [f"**How an epoch's cost grows with {axis}**", grid(rows, axis)]
    if "page" in found:
        parts.append(page(found["page"]))
    if "sweeps" in found:
        parts.append(sweeps(found["sweeps"]))
    if "vary" in found:
        parts.append(vary(found["vary"]))
    if "full" in found:
        parts += ["**The page at full speed**", full(found["full"])]
    if "curves" in found:
        parts += ["**Full speed with the chart's curves per layer**", curves(found["curves"])]
    return "\n\n".join(parts) + "\n"


def grid(rows: dict[str, dict], corner: str) -> str:
    """Return one table: a row per piece of work, a column per contender, and the ratios."""
    names = list(dict.fromkeys(name for times in rows.values() for name in times))
    libraries = [name for name in names if name not in (KERNEL, NUMPY, SKLEARN, PLAIN)]
    rivals = {"fastest library": libraries, "NumPy": [NUMPY], "objects": [PLAIN]}
    ratios = {name: kinds for name, kinds in rivals.items() if set(kinds) & set(names)}
    heads = [corner, *names, *(f"{name} / kernel" for name in ratios)]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for label, times in rows.items():
        measured = [[times[kind]["median"] for kind in kinds if kind in times]
                    for kinds in ratios.values()]  # fmt: skip
        kernel = times[KERNEL]["median"]
        last = [f"{min(medians) / kernel:.1f}" if medians else "" for medians in measured]
        lines.append([label, *(cell(times.get(name)) for name in names), *last])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cell(time: dict | None) -> str:
    """Return "median (low-high)", or a dash where something cannot do the work."""
    if time is None:
        return "-"
    return f"{number(time['median'])} ({number(time['low'])}-{number(time['high'])})"


def number(value: float) -> str:
    """Return three significant digits without an exponent."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def page(found: dict) -> str:
    """Return what was found about the page itself, in sentences."""
    usual, full = found["usual"], found["full"]
    heaps = {"Python": "pythonMegabytes", "the JavaScript heap": "heapMegabytes"}
    memory = [f"{usual[key]:.0f} MB for {name}" for name, key in heaps.items() if usual.get(key)]
    heap = f" ({', '.join(memory)})" if memory else ""
    return (
        f"**The page**: ready after {usual['ready'] / 1000:.1f} s{heap}. The default network runs "
        f"at {speed(usual)}; at full speed, at {speed(full)}."
    ) + extremes(found.get("extremes", {}))


def extremes(found: dict[str, dict]) -> str:
    """Return a table of what the page does at full speed with settings at their ends."""
    if not found:
        return ""
    heads = [
        "settings", "long on change", "long running", "median frame", "longest frame",
        "longest work", "cells", "epochs/s",
    ]  # fmt: skip
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for label, one in found.items():
        times = [f"{one[name]:.0f}" for name in ("medianFrame", "longestFrame", "longestWork")]
        long = [long_frames(one[name]) for name in ("longOnChange", "longRunning")]
        cells, epochs = str(one["cells"] or "-"), f"{one['epochsPerSecond']:.3g}"
        lines.append([label, *long, *times, cells, epochs])
    title = (
        "\n\n**Settings at their ends, at full speed**: tasks over 50 ms of the page's thread, "
        "with all that the browser does there for a picture (the longest in milliseconds, and how "
        "many where there was more than one), when the open page took the settings and in four "
        "seconds from Run on; then milliseconds from frame to frame, the longest work of one, and "
        "how fine the maps were at the end. Where no graphics card helps, as here, the browser "
        "draws on the page's thread\n\n"
    )
    return title + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def long_frames(found: list[float] | None) -> str:
    """Return the longest of some frames and their number; a dash for none."""
    if found is None:
        return "not told"
    count = f" ({len(found)})" if len(found) > 1 else ""
    return f"{max(found):.0f}{count}" if found else "-"


def speed(found: dict) -> str:
    """Return frames and epochs a second in words."""
    return (
        f"{found['framesPerSecond']:.0f} frames and {found['epochsPerSecond']:.0f} epochs a second "
        f"(longest frame {found['longestFrame']:.0f} ms)"
    )


def browser(agent: str) -> str:
    """Return the browser's name and version out of its user agent."""
    for name in ("Firefox", "Chrome", "Version"):
        if f"{name}/" in agent:
            version = agent.partition(f"{name}/")[2].split(" ")[0]
            return f"{'Safari' if name == 'Version' else name} {version.split('.')[0]}"
    return agent


def _native(found: dict, label: str) -> dict:
    native = found.get("native", {})
    return {SKLEARN: native[label]} if label in native else {}


def sweeps(found: dict) -> str:
    """Return what many runs took, in a sentence."""
    return (
        f"**Many runs**: {found['runs']} runs of {found['epochs']} epochs of 2-4-2-1 take "
        f"{found['nncore']:.2f} s with a curve for each, {found['nncore'] / found['alone']:.2f} "
        "times what the kernel needs for as many epochs of one run without measurements, and "
        f"ConvNetJS {found['library']:.1f} s, {found['library'] / found['nncore']:.0f} times as "
        f"long. All runs take {found['bytes'] / 2**20:.1f} MB of Python's memory."
    )


def vary(found: dict) -> str:
    """Return what many runs took beside the page, in a sentence."""
    return (
        f"**Many runs beside the page**: in the page {found['runs']} runs take "
        f"{found['seconds']:.1f} s, at {found['framesPerSecond']:.0f} frames a second "
        f"(longest frame {found['longestFrame']:.0f} ms)."
    )


def full(found: dict[str, dict]) -> str:
    """Return epochs and frames a second at full speed, beside another build's if there is one."""
    heads = ["network", "epochs/s", "frames/s", "epochs/s before", "frames/s before", "ratio"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for label, turns in found.items():
        cells: list[str] = []
        rates = []
        for key in ("now", "before"):
            rates.append(median(one["epochsPerSecond"] for one in turns[key]) if turns[key] else 0)
            frames = [one["framesPerSecond"] for one in turns[key]]
            cells += [f"{rates[-1]:.0f}", f"{median(frames):.0f}"] if frames else ["-", "-"]
        lines.append([label, *cells, f"{rates[0] / rates[1]:.1f}" if rates[1] else "-"])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def curves(found: dict[str, dict[str, list]]) -> str:
    """Return epochs a second by the chart's choice, and their ratio to those with the losses: the
    median of the ratios within each round."""
    charts = list(next(iter(found.values())))
    heads = ["network", *(f"epochs/s: {chart}" for chart in charts)]
    heads += [f"{chart} / loss" for chart in charts[1:]]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for label, turns in found.items():
        rates = [[one["epochsPerSecond"] for one in turns[chart]] for chart in charts]
        ratios = [
            median(rate / base for rate, base in zip(each, rates[0], strict=True))
            for each in rates[1:]
        ]
        cells = [f"{median(each):.0f}" for each in rates] + [f"{ratio:.2f}" for ratio in ratios]
        lines.append([label, *cells])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
