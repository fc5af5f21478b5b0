using ForensicHeads.Detector;
using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Experiments.Detection;

/// <summary>What one detector of a fold says of the test people under one condition.</summary>
/// <param name="Fold">Name of the fold.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Detector">The detector's thresholds and calibrator.</param>
/// <param name="Items">Test people's frames and videos; scores are shifted so that the thresholds lie at 0.</param>
/// <param name="Spares">Frames and videos of their second real sequences, shifted alike.</param>
/// <param name="ReconstructAuc">Frame-level AUC of <c>reconstruct</c> on validation people, for the choice of the headline condition.</param>
/// <param name="Importance">Families by importance on validation people; empty where not measured.</param>
internal sealed record FoldScores(
    string Fold, string Condition, FittedDetector Detector, IReadOnlyList<ScoredItem> Items, IReadOnlyList<ScoredItem> Spares, double? ReconstructAuc, IReadOnlyList<FamilyImportance> Importance);

/// <summary>What a detector trained on one shot count of one mode and arm says of the test frames.</summary>
internal sealed record CrossShotScores(string Mode, string Arm, int TrainShots, IReadOnlyList<ScoredItem> Items);
