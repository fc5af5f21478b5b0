using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace ForensicHeads.Reporting.Figures;

/// <summary>The one font of all figures, embedded so that pictures do not depend on the machine: Inter (SIL Open Font Licence,
/// third_party/inter).</summary>
public static class FigureFont
{
    /// <summary>The name under which ScottPlot knows the font.</summary>
    public const string Name = "ForensicHeads Inter";

    /// <summary>Held by whoever draws: Skia's SVG canvas reads the font's table of letters without a lock of its own (3.119), and another
    /// thread that draws letters then ends the process.</summary>
    internal static readonly Lock InUse = new();

    private static readonly Lazy<SKTypeface> Loaded = new(Load);

    /// <summary>The typeface itself.</summary>
    public static SKTypeface Typeface => Loaded.Value;

    private static SKTypeface Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Inter-Regular.otf")
            ?? throw new InvalidOperationException(
                "The font Inter-Regular.otf is not embedded in ForensicHeads.Reporting; build the project again.");
        using var data = SKData.Create(stream);
        var typeface = SKTypeface.FromData(data)
            ?? throw new InvalidOperationException("The embedded font Inter-Regular.otf cannot be read; build the project again.");
        Fonts.FontResolvers.Insert(0, new Resolver(typeface));
        Fonts.Default = Fonts.Sans = Fonts.Serif = Fonts.Monospace = Name;
        return typeface;
    }

    private sealed class Resolver(SKTypeface typeface) : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName == Name ? typeface : null;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? typeface : null;
    }
}
