namespace ForensicHeads.Media.Decode;

/// <summary>Words for what happens to colours.</summary>
internal static class ColourWarnings
{
    internal static string ToneMapped(string transfer) =>
        $"tone-mapped: it is in high dynamic range ({(transfer == "smpte2084" ? "PQ" : "HLG")}) and was brought to SDR by a curve";

    internal static string Unreadable(FormatException fault) =>
        $"colour profile: the ICC profile was not used, since {fault.Message}; the colours were taken for sRGB";
}
