namespace ForensicHeads.Media.Decode;

/// <summary>Words for what happens to colours.</summary>
internal static class ColourWarnings
{
    private static readonly string[] HighDynamicRange = ["smpte2084", "arib-std-b67"];

    /// <summary>What people call a transfer of high dynamic range: <c>PQ</c> or <c>HLG</c>.</summary>
    internal static string NameOf(string transfer) => transfer == "smpte2084" ? "PQ" : "HLG";

    internal static string ToneMapped(string transfer) =>
        $"tone-mapped: it is in high dynamic range ({NameOf(transfer)}) and was brought to SDR by a curve";

    /// <summary>Whose warning is among these: <c>PQ</c>, <c>HLG</c> or null.</summary>
    internal static string? ToneMappedFrom(IReadOnlyList<string> warnings) =>
        HighDynamicRange.FirstOrDefault(transfer => warnings.Contains(ToneMapped(transfer))) is { } said ? NameOf(said) : null;

    internal static string Unreadable(FormatException fault) =>
        $"colour profile: the ICC profile was not used, since {fault.Message}; the colours were taken for sRGB";
}
