using ForensicHeads.Statistics;

namespace ForensicHeads.Reporting.Protocols;

/// <summary>The detector minus a baseline, paired by generator and real person.</summary>
/// <param name="Baseline">The baseline.</param>
/// <param name="IsBest">Whether it is the best of the baselines: the one whose margin counts.</param>
/// <param name="Difference">Difference of the macro means with its two-way interval.</param>
public sealed record MarginRow(string Baseline, bool IsBest, Estimate Difference);
