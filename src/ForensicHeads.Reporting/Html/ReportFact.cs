namespace ForensicHeads.Reporting.Html;

/// <summary>A line of the environment or of the hashes. Nothing that changes from run to run, such as a time.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value.</param>
public sealed record ReportFact(string Name, string Value);
