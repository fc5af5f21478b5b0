using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Store;

/// <summary>How a face is cut out so that it lies as in the frames of a store.</summary>
public static partial class CropRule
{
    /// <summary>What stores of rendered heads say.</summary>
    public const string Procedural = "procedural";

    /// <summary>What stores of native patches say.</summary>
    public const string Patches =
        "four patches of half the side in the source's own pixels: nose, left and right border, mouth to chin; on its grid of 8 px, edge "
        + "repeated outside";

    // Means over 300 frames of 60 people; the renderer frames the head, not its landmarks.
    private const double ProceduralShare = 0.53;
    private const double ProceduralCentre = 0.625;

    /// <summary>The cropper's options that follow a store's crop specification; an unknown one is that of <c>ingest</c>.</summary>
    /// <param name="specification">As <c>store.json</c> states it.</param>
    /// <param name="size">Side of the crops in pixels.</param>
    public static FaceCropperOptions Of(string specification, int size)
    {
        var options = new FaceCropperOptions { Size = size };
        if (specification == Procedural) return options with { FaceShare = ProceduralShare, FaceCentre = ProceduralCentre };
        if (specification == Patches) return options with { Patches = true };
        var numbers = Numbers().Match(specification);
        return numbers.Success ? options with { FaceShare = Number(1), FaceCentre = Number(2) } : options;

        double Number(int group) => double.Parse(numbers.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"chin to brows ([0-9.]+) of the height with its middle at ([0-9.]+),")]
    private static partial Regex Numbers();
}
