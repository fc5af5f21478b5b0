namespace ForensicHeads.Reporting.Results;

/// <summary>The curve within a third of the generated frames, by distance to the nearest shot (1 = nearest).</summary>
/// <param name="Tercile">1, 2 or 3.</param>
/// <param name="Mode"><c>ff</c> or <c>ft</c>.</param>
/// <param name="Shots">Shot count T.</param>
/// <param name="Auc">Area against the same real items.</param>
/// <param name="CiLow">Lower 95 % limit.</param>
/// <param name="CiHigh">Upper 95 % limit.</param>
/// <param name="NIdentities">Test people.</param>
public sealed record TercileRow(int Tercile, string Mode, int Shots, double? Auc, double? CiLow, double? CiHigh, int NIdentities);
