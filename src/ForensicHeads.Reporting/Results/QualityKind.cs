using ForensicHeads.Generator.Catalogue;
using ForensicHeads.Datasets;
namespace ForensicHeads.Reporting.Results;

/// <summary>One way of making frames.</summary>
/// <param name="Mode"><c>ff</c>, <c>ft</c>, a baseline, an anchor, or the truth.</param>
/// <param name="Shots">Shot count T; null for anchors and the truth.</param>
/// <param name="Arm">Budget of fine-tuning; empty where it plays no part.</param>
internal sealed record QualityKind(Method Mode, int? Shots, Arm? Arm)
{
    /// <summary>Whether the kind is a point of the quality curves: ff, ft and the two baselines that a generator must beat.</summary>
    internal bool IsPoint => IsPointOf(Mode, Shots);

    /// <summary>Place in the table: baselines, then ff and ft, then the anchors and the truth.</summary>
    internal int Rank => Mode == QualityItem.Truth ? int.MaxValue : Generators.Of(Mode)?.Rank ?? Generators.RankOfUnknown;

    internal static bool IsPointOf(Method mode, int? shots) => shots is not null && (mode.IsHead || Generators.Of(mode) is { IsRival: true });

    internal static QualityKind Of(QualityItem item) => new(item.Mode, item.Shots, item.Arm);

    /// <summary>Kinds in the order of the table.</summary>
    internal static IOrderedEnumerable<T> Order<T>(IEnumerable<T> all, Func<T, QualityKind> kind) =>
        all.OrderBy(one => kind(one).Rank).ThenBy(one => kind(one).Mode).ThenBy(one => kind(one).Arm).ThenBy(one => kind(one).Shots);
}
