using ForensicHeads.Foundation;

namespace ForensicHeads.Reporting.Figures;

/// <summary>One person of a picture grid.</summary>
/// <param name="Label">What stands at the left of the row.</param>
/// <param name="Cells">One picture a column; null leaves the cell empty with a dash.</param>
public sealed record PictureRow(string Label, IReadOnlyList<RgbImage?> Cells);
