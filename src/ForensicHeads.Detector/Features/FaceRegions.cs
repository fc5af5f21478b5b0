namespace ForensicHeads.Detector.Features;

/// <summary>
/// <c>face_detail</c> and <c>face_tone</c>: fine detail of six regions relative to the whole face's, and the tone of seven regions, found
/// by the landmarks. A mouth softer than the skin round it shows whatever the encoder did to the whole frame.
/// </summary>
/// <remarks>
/// float32[54] and float32[35]. Regions: <c>face</c> (hull of the 68 points), <c>mouth</c> (48–67, hull grown 1.3 times about its mean),
/// <c>eyes</c> (36–41 and 42–47, 1.6 times each), <c>background</c> (outside the face's hull grown 1.25 times), <c>top</c> (rows more than
/// 5 px above the highest brow point, not face), <c>nose</c> (27–35, 1.1 times), <c>skin</c> (face without mouth and eyes); a region of
/// fewer than 20 pixels counts as the whole frame. With G(σ) a Gaussian of the grey plane Y, Cb = 0.564 (B − Y), Cr = 0.713 (R − Y): detail
/// is d = log(mean + 0.02) of |Laplacian of Y|, |Y − G1|, |G1 − G2|, |G2 − G4|, |G4 − G8|, |Cb − G1.5|, |Cr − G1.5|, |G1.5 − G6| of Cb and
/// of Cr, given as d(region) − d(face) for every region but the face; tone is mean Y, log(1 + deviation of Y), mean saturation ((max −
/// min)/max), mean Cb and mean Cr. σ in pixels at any size; made for 256 px.
/// </remarks>
public static class FaceRegions
{
    /// <summary>Name of the family of relative detail.</summary>
    public const string Detail = "face_detail";

    /// <summary>Name of the family of tone.</summary>
    public const string Tone = "face_tone";

    private const int LeastPixels = 20;
    private static readonly string[] Regions = ["face", "mouth", "eyes", "background", "top", "nose", "skin"];
    private static readonly string[] Details =
        ["laplacian", "detail_1", "detail_2", "detail_4", "detail_8", "cb_fine", "cr_fine", "cb_coarse", "cr_coarse"];
    private static readonly string[] Tones = ["luma", "luma_deviation", "saturation", "cb", "cr"];

    /// <summary>The columns of both families, <c>family/REGION_MEASURE</c>: first all of <see cref="Detail"/>, then all of
    /// <see cref="Tone"/>.</summary>
    public static IReadOnlyList<string> ColumnNames { get; } =
    [
        .. from region in Regions.Skip(1) from measure in Details select $"{Detail}/{region}_{measure}",
        .. from region in Regions from measure in Tones select $"{Tone}/{region}_{measure}",
    ];

    /// <summary>Measures both families of one frame.</summary>
    /// <param name="image">A square picture.</param>
    /// <param name="landmarks">Its landmarks, in its pixels.</param>
    /// <returns>float32[89], finite.</returns>
    /// <exception cref="UserErrorException">The picture is not square, or a landmark is not finite.</exception>
    public static float[] Of(RgbImage image, Landmarks68 landmarks)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(landmarks);
        if (image.Width != image.Height) throw new UserErrorException(
            $"{Detail} cannot be measured on {image.Width}×{image.Height} px; give a square picture.");
        if (!landmarks.Values.All(float.IsFinite)) throw new UserErrorException(
            $"A landmark is not finite, so {Detail} cannot be measured; leave the frame out.");
        var planes = new RegionPlanes(image);
        var masks = Masks(landmarks, image.Width);
        var features = new List<float>(ColumnNames.Count);
        var face = Array.ConvertAll(planes.Details, plane => Math.Log(Mean(plane, masks["face"]) + 0.02));
        foreach (var region in Regions.Skip(1))
            features.AddRange(planes.Details.Select((plane, i) => (float)(Math.Log(Mean(plane, masks[region]) + 0.02) - face[i])));
        foreach (var pixels in Regions.Select(region => masks[region]))
        {
            var luma = Mean(planes.Luma, pixels);
            var variance = pixels.Sum(i => (planes.Luma[i] - luma) * (planes.Luma[i] - luma)) / pixels.Length;
            features.AddRange([(float)luma, (float)Math.Log(1 + Math.Sqrt(variance)), (float)Mean(planes.Saturation, pixels),
                (float)Mean(planes.Cb, pixels), (float)Mean(planes.Cr, pixels)]);
        }

        return [.. features];
    }

    private static Dictionary<string, int[]> Masks(Landmarks68 points, int size)
    {
        var face = Hull(points, 0, 67, 1, size);
        var mouth = Hull(points, 48, 67, 1.3, size);
        var (left, right) = (Hull(points, 36, 41, 1.6, size), Hull(points, 42, 47, 1.6, size));
        var (wide, nose) = (Hull(points, 0, 67, 1.25, size), Hull(points, 27, 35, 1.1, size));
        var brow = Enumerable.Range(17, 10).Min(i => points[i].Y) - 5;
        return new Dictionary<string, int[]>(StringComparer.Ordinal)
        {
            ["face"] = Where(i => face[i]),
            ["mouth"] = Where(i => mouth[i]),
            ["eyes"] = Where(i => left[i] || right[i]),
            ["skin"] = Where(i => face[i] && !mouth[i] && !left[i] && !right[i]),
            ["background"] = Where(i => !wide[i]),
            ["top"] = Where(i => i / size < brow && !face[i]),
            ["nose"] = Where(i => nose[i]),
        };

        int[] Where(Func<int, bool> inside)
        {
            int[] pixels = [.. Enumerable.Range(0, size * size).Where(inside)];
            return pixels.Length >= LeastPixels ? pixels : [.. Enumerable.Range(0, size * size)];
        }
    }

    // The hull of some points, grown about their mean.
    private static bool[] Hull(Landmarks68 points, int first, int last, double grow, int size)
    {
        var own = Enumerable.Range(first, last - first + 1).Select(i => points[i]).ToArray();
        double x = own.Average(point => (double)point.X), y = own.Average(point => (double)point.Y);
        return ConvexHull.Of(own.Select(point => (x + ((point.X - x) * grow), y + ((point.Y - y) * grow)))).Inside(size, size);
    }

    private static double Mean(float[] plane, int[] pixels)
    {
        var sum = 0.0;
        foreach (var i in pixels) sum += plane[i];
        return sum / pixels.Length;
    }
}
