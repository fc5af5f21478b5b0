using System.Globalization;

namespace ForensicHeads.Datasets.Store;

/// <summary>How a source file became the picture that is shown, as far as it is not shown as it is stored and tagged. All null for a plain
/// file.</summary>
public sealed record ShownSource
{
    /// <summary>A file that is shown as it is stored, and says all of its colours.</summary>
    public static ShownSource Plain { get; } = new();

    /// <summary>Pixels as stored, <c>1440x1080</c>, where the shown picture has another size.</summary>
    public string? StoredSize { get; init; }

    /// <summary>Width of a stored pixel by its height, <c>16:11</c>, where that is not 1.</summary>
    public string? PixelAspect { get; init; }

    /// <summary>How it was turned: <c>90</c>, <c>180</c> or <c>270</c> degrees clockwise, with <c>mirrored</c> before or alone.</summary>
    public string? Turned { get; init; }

    /// <summary>What the file leaves open of its colours: <c>matrix bt601, range tv</c>.</summary>
    public string? Assumed { get; init; }

    /// <summary><c>PQ</c> or <c>HLG</c> where that was brought to SDR.</summary>
    public string? ToneMapped { get; init; }

    /// <summary>How many frames the container counts, where other than this many were found.</summary>
    public string? ClaimedFrames { get; init; }

    /// <summary>How many frames were found where the container counts others.</summary>
    public string? FoundFrames { get; init; }

    /// <summary>That of a file.</summary>
    /// <param name="facts">Facts of the file, a photo's after decoding.</param>
    /// <param name="found">Frames that were decoded.</param>
    public static ShownSource Of(MediaFacts facts, long found)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var isStoredSize = (facts.StoredWidth, facts.StoredHeight) == (facts.Width, facts.Height) || facts.StoredWidth == 0;
        var differs = facts.FramesAreCounted && facts.DeclaredFrames != found;
        string[] turned = [.. facts.IsMirrored ? ["mirrored"] : Array.Empty<string>(),
            .. facts.Rotation == 0 ? Array.Empty<string>() : [facts.Rotation.ToString(CultureInfo.InvariantCulture)]];
        return new ShownSource
        {
            StoredSize = isStoredSize ? null : FormattableString.Invariant($"{facts.StoredWidth}x{facts.StoredHeight}"),
            PixelAspect = facts.PixelAspect == "1:1" ? null : facts.PixelAspect,
            Turned = turned.Length == 0 ? null : string.Join(' ', turned),
            Assumed = facts.Assumed,
            ToneMapped = facts.ToneMapped,
            ClaimedFrames = differs ? facts.DeclaredFrames.ToString(CultureInfo.InvariantCulture) : null,
            FoundFrames = differs ? found.ToString(CultureInfo.InvariantCulture) : null,
        };
    }
}
