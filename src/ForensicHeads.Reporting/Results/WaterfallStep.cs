namespace ForensicHeads.Reporting.Results;

/// <summary>A step from "nothing is fake but the file path" to "the worst fake".</summary>
/// <param name="Name">An anchor, or <c>ft 32</c> and so on.</param>
/// <param name="Part"><c>pipeline</c>, <c>decoder</c> or <c>few-shot</c>: what the step adds.</param>
/// <param name="Auc">Area against the same real items.</param>
/// <param name="CiLow">Lower 95 % limit.</param>
/// <param name="CiHigh">Upper 95 % limit.</param>
public sealed record WaterfallStep(string Name, string Part, double? Auc, double? CiLow, double? CiHigh);
