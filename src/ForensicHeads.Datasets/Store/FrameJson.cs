namespace ForensicHeads.Datasets.Store;

/// <summary>What stands beside a picture in its shard, <c>&lt;key&gt;.json</c>, for readers that know no index. Nothing here reads it: the
/// index is what counts, and no detector sees it.</summary>
internal static class FrameJson
{
    /// <summary>Names and units as in the index; landmarks as 136 numbers.</summary>
    public static string Of(FrameRecord frame) => CanonicalJson.ToLine(new
    {
        frame.Key,
        Label = frame.Origin.Label.Text(),
        frame.Identity,
        frame.Video,
        frame.Track,
        frame.FrameNumber,
        frame.TimeS,
        frame.Origin.Generator,
        Mode = frame.Origin.Mode?.Text(),
        frame.Origin.Shots,
        frame.Origin.Draw,
        Landmarks = frame.Landmarks.Values,
    });
}
