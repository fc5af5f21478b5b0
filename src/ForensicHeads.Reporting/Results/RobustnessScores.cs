namespace ForensicHeads.Reporting.Results;

/// <summary>What one detector says of true and few-shot frames under one step of the robustness ladder.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="AppliedTo">The classes it was applied to: see <see cref="RobustnessRow"/>.</param>
/// <param name="Items">Scored frames and videos of one detector; the threshold is 0.</param>
/// <param name="PsnrReal">dB of every true frame against itself before the step; empty where nothing was changed.</param>
/// <param name="PsnrGenerated">dB of every generated frame.</param>
public sealed record RobustnessScores(string Step, string AppliedTo, IReadOnlyList<ScoredItem> Items, IReadOnlyList<double> PsnrReal, IReadOnlyList<double> PsnrGenerated);
