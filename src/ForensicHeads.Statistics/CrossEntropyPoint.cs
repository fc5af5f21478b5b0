namespace ForensicHeads.Statistics;

/// <summary>One point of the empirical cross-entropy plot, in bits.</summary>
/// <param name="PriorLogOdds">log10 of the prior odds of generated against real.</param>
/// <param name="Stated">Of the likelihood ratios as stated.</param>
/// <param name="Recalibrated">Of the same after the best monotone recalibration: what no calibrator could go under.</param>
/// <param name="Uninformed">Of ratios that are all 1: the entropy of the prior.</param>
public readonly record struct CrossEntropyPoint(double PriorLogOdds, double Stated, double Recalibrated, double Uninformed);
