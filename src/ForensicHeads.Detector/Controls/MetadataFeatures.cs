using System.Globalization;

namespace ForensicHeads.Detector.Controls;

/// <summary>
/// <c>metadata_only</c>: what rides along with a frame on the common path, as features. In paired experiments generated frames carry their
/// driver's fields, so nothing can be told from them.
/// </summary>
/// <remarks>
/// float32[32]: crop box (x, y, width, height, aspect, share of the source's width), source width, height and aspect, frame number, time in
/// seconds, frames per second they imply, track, landmark confidence, <c>partial</c>, <c>may_generate</c>, and the source's codec as one of
/// 16 bins of its name's hash. Left out because no detector receives them: key, shard, offset and byte length of the PNG; person, video,
/// group, licence and source hash (names, not measurements); and the provenance of generated frames, which is the label itself.
/// </remarks>
public static class MetadataFeatures
{
    private const int CodecBins = 16;

    /// <summary>The columns' names, all in the family <c>metadata</c>.</summary>
    public static IReadOnlyList<string> ColumnNames { get; } =
    [
        .. new[]
        {
            "crop_x", "crop_y", "crop_w", "crop_h", "crop_aspect", "crop_share", "source_width", "source_height", "source_aspect",
            "frame_number", "time_s", "implied_fps", "track", "landmark_confidence", "partial", "may_generate",
        }.Select(name => $"metadata/{name}"),
        .. Enumerable.Range(0, CodecBins).Select(bin => FormattableString.Invariant($"metadata/codec_{bin:00}")),
    ];

    /// <summary>The fields of one frame; quotients by zero are 0.</summary>
    public static float[] Of(FrameRecord frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var features = new float[ColumnNames.Count];
        ReadOnlySpan<double> fields =
        [
            frame.CropX, frame.CropY, frame.CropW, frame.CropH, Quotient(frame.CropW, frame.CropH),
                Quotient(frame.CropW, frame.SourceWidth),
            frame.SourceWidth, frame.SourceHeight, Quotient(frame.SourceWidth, frame.SourceHeight),
            frame.FrameNumber, frame.TimeS, Quotient(frame.FrameNumber, frame.TimeS), frame.Track, frame.LandmarkConfidence,
            frame.Status == "ok" ? 0 : 1, frame.MayGenerate ? 1 : 0,
        ];
        for (var i = 0; i < fields.Length; i++) features[i] = double.IsFinite(fields[i]) ? (float)fields[i] : 0;
        var bin = byte.Parse(Hashes.OfText(frame.SourceCodec)[..2], NumberStyles.HexNumber, CultureInfo.InvariantCulture) % CodecBins;
        features[fields.Length + bin] = 1;
        return features;
    }

    /// <summary>Trains a detector on the fields of training people and scores test people.</summary>
    /// <param name="train">Frames of training people, both classes.</param>
    /// <param name="test">Frames of test people.</param>
    /// <param name="options">Trainer and seed; <see cref="DetectorOptions.ColumnShare"/> is taken as 1.</param>
    /// <returns>The score table of the test frames.</returns>
    /// <exception cref="UserErrorException">A class is missing in training.</exception>
    public static IReadOnlyList<FrameScore> Scores(IReadOnlyList<FrameRecord> train, IReadOnlyList<FrameRecord> test,
        DetectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(options);
        // Most columns are useless here, and LightGBM stops at the first tree that is dealt only such: every tree gets all of them.
        using var detector = FrameDetector.Train([.. train.Select(Label)], options with { ColumnShare = 1 }, ColumnNames);
        return detector.Score([.. test.Select(Label)]);
    }

    private static LabelledFeatures Label(FrameRecord frame) => LabelledFeatures.Of(frame, Of(frame));

    private static double Quotient(double a, double b) => b == 0 ? 0 : a / b;
}
