using System.Globalization;
using System.Text;

namespace ForensicHeads.Reporting.Export;

/// <summary>Text as LaTeX that any engine sets: what it would take for a command is escaped, and nothing but ASCII is left.</summary>
internal static class LatexText
{
    private static readonly Dictionary<char, string> Known = Pairs(
    [
        ('\\', @"\textbackslash{}"), ('&', @"\&"), ('%', @"\%"), ('$', @"\$"), ('#', @"\#"), ('_', @"\_"), ('{', @"\{"), ('}', @"\}"),
        ('~', @"\textasciitilde{}"), ('^', @"\textasciicircum{}"), ('<', @"\textless{}"), ('>', @"\textgreater{}"), ('|', @"\textbar{}"),
        ('*', @"\textasteriskcentered{}"), ('\u00A0', "~"), ('–', "--"), ('—', "---"), ('…', @"\ldots{}"), ('“', "``"), ('”', "''"),
        ('‘', "`"), ('’', "'"), ('½', "1/2"), ('§', @"\S{}"), ('·', @"\textperiodcentered{}"), ('✓', "yes"), ('✗', "no"), ('−', "$-$"),
        ('×', @"$\times$"), ('±', @"$\pm$"), ('∓', @"$\mp$"), ('≤', @"$\le$"), ('≥', @"$\ge$"), ('≠', @"$\ne$"), ('≡', @"$\equiv$"),
        ('≈', @"$\approx$"), ('∞', @"$\infty$"), ('√', @"$\surd$"), ('‖', @"$\|$"), ('°', @"$^\circ$"), ('→', @"$\rightarrow$"),
        ('←', @"$\leftarrow$"), ('↑', @"$\uparrow$"), ('↓', @"$\downarrow$"), ('↔', @"$\leftrightarrow$"), ('¹', @"\textsuperscript{1}"),
        ('²', @"\textsuperscript{2}"), ('³', @"\textsuperscript{3}"), ('ᵀ', @"\textsuperscript{T}"), ('α', @"$\alpha$"),
        ('β', @"$\beta$"), ('γ', @"$\gamma$"), ('δ', @"$\delta$"), ('ε', @"$\varepsilon$"), ('θ', @"$\theta$"), ('λ', @"$\lambda$"),
        ('μ', @"$\mu$"), ('µ', @"$\mu$"), ('π', @"$\pi$"), ('ρ', @"$\rho$"), ('σ', @"$\sigma$"), ('τ', @"$\tau$"), ('φ', @"$\varphi$"),
        ('χ', @"$\chi$"), ('ψ', @"$\psi$"), ('ω', @"$\omega$"), ('Δ', @"$\Delta$"), ('Σ', @"$\Sigma$"), ('Ψ', @"$\Psi$"),
        ('Ω', @"$\Omega$"), ('ß', @"\ss{}"), ('æ', @"\ae{}"), ('Æ', @"\AE{}"), ('ø', @"\o{}"), ('Ø', @"\O{}"), ('œ', @"\oe{}"),
        ('Œ', @"\OE{}"), ('ł', @"\l{}"), ('Ł', @"\L{}"), ('ı', @"\i{}"),
    ]);

    // Marks that Unicode puts behind a letter, and LaTeX before it; the letters that Unicode has with the mark in one, beside their bases.
    // String.Normalize would know them, were globalisation not invariant.
    private static readonly Accent[] Accents =
    [
        new('\u0300', @"\`", @"\grave", "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
        new('\u0301', @"\'", @"\acute", "AEIOUYaeiouyCcLlNnRrSsZz", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź"),
        new('\u0302', @"\^", @"\hat", "AEIOUaeiouCcGgHhJjSsWwYy", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"),
        new('\u0303', @"\~", @"\tilde", "ANOanoIiUu", "ÃÑÕãñõĨĩŨũ"),
        new('\u0304', @"\=", @"\bar", "AaEeIiOoUu", "ĀāĒēĪīŌōŪū"),
        new('\u0306', @"\u", @"\breve", "AaEeGgIiOoUu", "ĂăĔĕĞğĬĭŎŏŬŭ"),
        new('\u0307', @"\.", @"\dot", "CcEeGgIZz", "ĊċĖėĠġİŻż"),
        new('\u0308', "\\\"", @"\ddot", "AEIOUaeiouyY", "ÄËÏÖÜäëïöüÿŸ"),
        new('\u030A', @"\r", @"\mathring", "AaUu", "ÅåŮů"),
        new('\u030B', @"\H", null, "OoUu", "ŐőŰű"),
        new('\u030C', @"\v", @"\check", "CcDdEeLlNnRrSsTtZz", "ČčĎďĚěĽľŇňŘřŠšŤťŽž"),
        new('\u0327', @"\c", null, "CcGgKkLlNnRrSsTt", "ÇçĢģĶķĻļŅņŖŗŞşŢţ"),
        new('\u0328', @"\k", null, "AaEeIiUu", "ĄąĘęĮįŲų"),
    ];

    /// <summary>The text. Letters of other alphabets become <c>\symbol</c>, which XeLaTeX and LuaLaTeX set from a font that has
    /// them.</summary>
    internal static string Of(string text)
    {
        var line = PrintedText.Line(text.ReplaceLineEndings(" "));
        var parts = new List<string>();
        var places = StringInfo.ParseCombiningCharacters(line);
        for (var i = 0; i < places.Length; i++)
        {
            var letter = line[places[i]..(i + 1 < places.Length ? places[i + 1] : line.Length)];
            // A bracket that opens a cell would be an argument of the line end before it.
            parts.Add(i == 0 && letter == "[" ? "{[}" : Letter(letter));
        }

        return string.Concat(parts);
    }

    private static Dictionary<char, string> Pairs(IEnumerable<(char Symbol, string Latex)> pairs) =>
        pairs.ToDictionary(pair => pair.Symbol, pair => pair.Latex);

    // A letter with the marks behind it.
    private static string Letter(string letter)
    {
        var result = "";
        foreach (var rune in letter.EnumerateRunes())
        {
            var accent = Accents.FirstOrDefault(accent => accent.Mark == rune.Value);
            result = accent is not null && result.Length > 0 ? accent.On(result) : result + Letter(rune);
        }

        return result;
    }

    private static string Letter(Rune rune)
    {
        if (rune.IsBmp && Known.GetValueOrDefault((char)rune.Value) is { } known) return known;
        if (rune.IsAscii) return rune.ToString();
        return rune.IsBmp && Accents.FirstOrDefault(accent => accent.Composed.Contains((char)rune.Value)) is { } one
            ? one.On(one.Bases[one.Composed.IndexOf((char)rune.Value)].ToString())
            : FormattableString.Invariant($"\\symbol{{\"{rune.Value:X}}}");
    }

    private sealed record Accent(char Mark, string Text, string? Math, string Bases, string Composed)
    {
        internal string On(string letter) =>
            Math is not null && letter is ['$', .. var inner, '$'] ? $"${Math}{{{inner}}}$" : $"{Text}{{{letter}}}";
    }
}
