namespace ForensicHeads.Datasets.Store;

/// <summary>A text column that stands in an index only where a row has something to say in it, so that other stores keep their
/// bytes.</summary>
/// <param name="Name">In the index, and what tells it apart in the content's hash.</param>
/// <param name="Of">Its value in a row; null for nothing.</param>
/// <param name="With">The row with a value.</param>
internal sealed record SaidColumn(string Name, Func<FrameRecord, string?> Of, Func<FrameRecord, string?, FrameRecord> With)
{
    /// <summary>All of them, in the order of the columns.</summary>
    public static IReadOnlyList<SaidColumn> All { get; } =
    [
        new("driver_identity", row => row.DriverIdentity, (row, text) => row with { DriverIdentity = text }),
        new("reference_videos", row => row.ReferenceVideos, (row, text) => row with { ReferenceVideos = text }),
        new("official_split", row => row.OfficialSplit, (row, text) => row with { OfficialSplit = text }),
        new("collection", row => row.Collection, (row, text) => row with { Collection = text }),
        new("target_identity", row => row.TargetIdentity, (row, text) => row with { TargetIdentity = text }),
        new("source_identity", row => row.SourceIdentity, (row, text) => row with { SourceIdentity = text }),
        new("sound", row => row.Sound, (row, text) => row with { Sound = text }),
        new("compression", row => row.Compression, (row, text) => row with { Compression = text }),
        new("condition", row => row.Condition, (row, text) => row with { Condition = text }),
        new("stored_size", row => row.Shown.StoredSize, (row, text) => row with { Shown = row.Shown with { StoredSize = text } }),
        new("pixel_aspect", row => row.Shown.PixelAspect, (row, text) => row with { Shown = row.Shown with { PixelAspect = text } }),
        new("turned", row => row.Shown.Turned, (row, text) => row with { Shown = row.Shown with { Turned = text } }),
        new("assumed", row => row.Shown.Assumed, (row, text) => row with { Shown = row.Shown with { Assumed = text } }),
        new("tone_mapped", row => row.Shown.ToneMapped, (row, text) => row with { Shown = row.Shown with { ToneMapped = text } }),
        new("claimed_frames", row => row.Shown.ClaimedFrames, (row, text) => row with { Shown = row.Shown with { ClaimedFrames = text } }),
        new("found_frames", row => row.Shown.FoundFrames, (row, text) => row with { Shown = row.Shown with { FoundFrames = text } }),
    ];
}
