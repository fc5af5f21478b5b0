using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SkiaSharp;

namespace ForensicHeads.Reporting.Figures;

/// <summary>Replaces the text of an SVG by outlines of the embedded font: an SVG that names a font looks different on every
/// machine.</summary>
internal static partial class SvgOutlines
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    /// <summary>The same picture without text elements: each letter is drawn once and used by reference; the words stand in
    /// <c>aria-label</c>.</summary>
    internal static string Apply(string xml)
    {
        var document = XDocument.Parse(xml);
        var glyphs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        RemoveHidden(document.Root!);
        foreach (var text in document.Descendants(Svg + "text").ToArray()) text.ReplaceWith(Outline(text, glyphs));
        RenumberClips(document);
        document.Root!.AddFirst(
            new XElement(Svg + "defs",
            glyphs.Select(glyph => new XElement(Svg + "path", new XAttribute("id", glyph.Key), new XAttribute("d", glyph.Value)))));
        document.Root.SetAttributeValue(
            "viewBox", $"0 0 {(string?)document.Root.Attribute("width")} {(string?)document.Root.Attribute("height")}");
        foreach (var path in document.Descendants(Svg + "path")) path.SetAttributeValue("d", Round((string)path.Attribute("d")!));
        return document.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>ScottPlot may draw the picture more than once; what lies under the last full white background is never seen.</summary>
    private static void RemoveHidden(XElement root)
    {
        var background = root.Elements(Svg + "rect").LastOrDefault(rect =>
            (string?)rect.Attribute("fill") == "white" && (string?)rect.Attribute("width") == (string?)root.Attribute("width")
                && (string?)rect.Attribute("height") == (string?)root.Attribute("height"));
        background?.ElementsBeforeSelf().Remove();
    }

    /// <summary>Skia counts clip paths over the whole life of the process; here they are counted from the start of the picture, equal ones
    /// once.</summary>
    private static void RenumberClips(XDocument document)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var shapes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var clip in document.Descendants(Svg + "clipPath").ToArray())
        {
            var shape = string.Concat(clip.Elements().Select(element => element.ToString(SaveOptions.DisableFormatting)));
            var known = shapes.TryGetValue(shape, out var name);
            if (!known) shapes.Add(shape, name = FormattableString.Invariant($"c{shapes.Count}"));
            names[(string)clip.Attribute("id")!] = name!;
            if (known) clip.Remove();
            else clip.SetAttributeValue("id", name);
        }

        foreach (var attribute in document.Descendants().Attributes("clip-path"))
            if (names.TryGetValue(attribute.Value[5..^1], out var name)) attribute.Value = $"url(#{name})";
    }

    private static XElement Outline(XElement text, SortedDictionary<string, string> glyphs)
    {
        var size = Numbers(text, "font-size")[0];
        using var font = new SKFont(FigureFont.Typeface, (float)size);
        // The words stand on a line of their own between tabs; positions are given for the words alone.
        var value = text.Value.Trim('\n', '\r', '\t');
        var (xs, y) = (Numbers(text, "x"), Numbers(text, "y")[0]);
        var group = new XElement(Svg + "g", new XAttribute("role", "img"), new XAttribute("aria-label", value));
        foreach (var attribute in text.Attributes()
            .Where(attribute => attribute.Name.LocalName is "fill" or "fill-opacity" or "transform")) group.Add(attribute);
        var letters = font.GetGlyphs(value);
        for (var i = 0; i < letters.Length && i < xs.Length; i++)
        {
            using var path = font.GetGlyphPath(letters[i]);
            if (path is null || path.IsEmpty) continue;
            var id = FormattableString.Invariant($"g{letters[i]}s{size:0.##}").Replace('.', '_');
            glyphs.TryAdd(id, path.ToSvgPathData());
            group.Add(new XElement(Svg + "use", new XAttribute(XLink + "href", "#" + id), new XAttribute("x", Short(xs[i])),
                new XAttribute("y", Short(y))));
        }

        return group;
    }

    private static double[] Numbers(XElement element, string name) =>
        [.. ((string?)element.Attribute(name) ?? "0").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture))];

    private static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Hundredths of a pixel are enough for any print and halve the file.</summary>
    private static string Round(string path) =>
        Decimals().Replace(path, match => Short(double.Parse(match.Value, NumberStyles.Float, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"-?\d+\.\d+(e-?\d+)?")]
    private static partial Regex Decimals();
}
