using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace ForensicHeads.Reporting.Figures;

/// <summary>Replaces the text of an SVG by outlines of the embedded font: an SVG that names a font looks different on every machine.</summary>
internal static class SvgOutlines
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The same picture without text elements; the words go into <c>aria-label</c> of the outlines.</summary>
    internal static string Apply(string xml)
    {
        var document = XDocument.Parse(xml);
        foreach (var text in document.Descendants(Svg + "text").ToArray()) text.ReplaceWith(Outline(text));
        return document.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement Outline(XElement text)
    {
        using var font = new SKFont(FigureFont.Typeface, (float)Numbers(text, "font-size")[0]);
        var (xs, y, value) = (Numbers(text, "x"), (float)Numbers(text, "y")[0], text.Value);
        using var path = new SKPath();
        var glyphs = font.GetGlyphs(value);
        for (var i = 0; i < glyphs.Length; i++)
        {
            using var glyph = font.GetGlyphPath(glyphs[i]);
            if (glyph is not null) path.AddPath(glyph, i < xs.Length ? (float)xs[i] : (float)xs[^1], y);
        }

        var result = new XElement(Svg + "path", new XAttribute("d", path.ToSvgPathData()), new XAttribute("aria-label", value));
        foreach (var attribute in text.Attributes().Where(attribute => attribute.Name.LocalName is "fill" or "fill-opacity" or "transform")) result.Add(attribute);
        return result;
    }

    private static double[] Numbers(XElement element, string name) =>
        [.. ((string?)element.Attribute(name) ?? "0").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture))];
}
