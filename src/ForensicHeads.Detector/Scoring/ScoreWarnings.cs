using System.Globalization;

namespace ForensicHeads.Detector.Scoring;

/// <summary>What makes a score weaker than it looks.</summary>
internal static class ScoreWarnings
{
    /// <summary>Bits a pixel below which a video counts as heavily compressed: two talking heads in H.264 have 0.016 and 0.037 at CRF 23,
    /// 0.0036 and 0.0034 at CRF 40.</summary>
    private const double FewVideoBits = 0.01;

    /// <summary>Bits a pixel below which a JPEG or WebP counts as heavily compressed; quality 50 has some 0.7.</summary>
    private const double FewPhotoBits = 0.8;

    /// <summary>Frames below which a mean over frames is a guess.</summary>
    private const int FewFrames = 10;

    private static readonly string[] LossyPhotos = ["jpeg", "webp"];

    public static IReadOnlyList<string> Of(MediaFacts facts, VideoAnalysis analysis, IReadOnlyList<TrackScore> tracks,
        DetectorManifest manifest, string cropRule)
    {
        var warnings = new List<string>();
        if (analysis.Status == MediaStatus.Partial) warnings.Add($"partial file: {analysis.Reason}; what could be read was scored");
        warnings.AddRange(facts.Warnings);
        foreach (var track in tracks)
        {
            if (track.CropSide < manifest.Size)
                warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"small face: the crop of track {track.Track} is {track.CropSide:0} px wide and was enlarged to the detector's "
                    + $"{manifest.Size} px, which the features see"));
            if (manifest.LargestCrop > 0 && (track.CropSide < manifest.SmallestCrop || track.CropSide > manifest.LargestCrop))
                warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"unseen size: the crop of track {track.Track} is {track.CropSide:0} px wide; training saw {manifest.SmallestCrop:0} "
                    + $"to {manifest.LargestCrop:0} px"));
            if (!facts.IsPhoto && track.Frames < FewFrames)
                warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"short track: track {track.Track} has {track.Frames} frame{(track.Frames == 1 ? "" : "s")}; below {FewFrames} a "
                    + $"mean says little"));
        }

        if (BitsPerPixel(facts, analysis) is { } bits && bits < (facts.IsPhoto ? FewPhotoBits : FewVideoBits))
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"heavy compression: {bits:0.####} bits a pixel, below {(facts.IsPhoto ? FewPhotoBits : FewVideoBits)}; traces of a "
                + $"generator may be gone and traces of the codec mistaken for them"));
        if (manifest.Codecs.Count > 0 && !manifest.Codecs.Contains(facts.Codec))
            warnings.Add($"unseen codec: {facts.Codec}; training saw {string.Join(", ", manifest.Codecs)}");
        if (manifest.CropContract != cropRule)
            warnings.Add(
                $"other crops: the detector was trained on crops of the rule '{manifest.CropContract}', and files are cut by '{cropRule}'");
        return warnings;
    }

    private static double? BitsPerPixel(MediaFacts facts, VideoAnalysis analysis)
    {
        if (facts.IsPhoto) return LossyPhotos.Contains(facts.Container) ? 8.0 * facts.Bytes / ((double)facts.Width * facts.Height) : null;
        var frames = Math.Max(facts.ExpectedFrames, analysis.FramesDecoded);
        return frames > 0 ? 8.0 * facts.Bytes / ((double)facts.Width * facts.Height * frames) : null;
    }

    /// <summary>The rule by which files are cut.</summary>
    public static string CropRule(FaceCropperOptions options) => Ingestor.CropText(options);
}
