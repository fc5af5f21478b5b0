namespace ForensicHeads.Reporting.Results;

/// <summary>The networks that measured the frames, by name; null for what was not measured.</summary>
/// <param name="Identity">The judge of identity.</param>
/// <param name="Landmarks">The landmark finder.</param>
/// <param name="Features">What KID and FID are computed in.</param>
/// <param name="Chance">Share of right answers by guessing in the retrieval: one over the people of the gallery.</param>
public sealed record QualityModels(string? Identity = null, string? Landmarks = null, string? Features = null, double? Chance = null);
