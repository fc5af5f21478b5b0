using ForensicHeads.Statistics;

namespace ForensicHeads.Reporting.Protocols;

/// <summary>One generator under one scorer.</summary>
/// <param name="Generator">The generator.</param>
/// <param name="Clips">Its clips.</param>
/// <param name="Auc">AUC against real people, two-way interval over the people it shows and the real people; undefined below two clips.</param>
public sealed record GeneratorAuc(string Generator, int Clips, Estimate Auc);
