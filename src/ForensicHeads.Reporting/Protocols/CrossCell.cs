using ForensicHeads.Statistics;

namespace ForensicHeads.Reporting.Protocols;

/// <summary>A detector trained on one slice of the generated clips (or in one condition) and tested on another.</summary>
/// <param name="Train">The slice trained on.</param>
/// <param name="Test">The slice tested.</param>
/// <param name="Auc">AUC of clips of people never trained on, interval by identity.</param>
/// <param name="RealClips">Real clips tested.</param>
/// <param name="GeneratedClips">Generated clips tested.</param>
public sealed record CrossCell(string Train, string Test, Estimate Auc, int RealClips, int GeneratedClips);
