using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Swap;

/// <summary>Whether ê holds the person.</summary>
internal sealed class SwapSection : IReportSection
{
    public string Title => QualitySection.Heading;

    public string Html(SectionPage page)
    {
        if (page.Results.EmbeddingSwap is not { } swap) return "";
        string Cell(string name, double? value) => Number($"embedding_swap.{name}", Rate(value));
        var pairs = Number("embedding_swap.n_identities", Count(swap.NIdentities));
        return "<h3>Swapping ê between two people</h3>\n" + Table(
            ["vector", "SSIM to A's true frame", "SSIM to B's nearest true frame", "identity similarity to A", "identity similarity to B",
                "pairs", "turned into B (SSIM)"],
            [
                ["A's own", Cell("own_to_self", swap.OwnToSelf), Cell("own_to_other", swap.OwnToOther),
                    Cell("identity_own_to_self", swap.IdentityOwnToSelf), "", pairs, ""],
                [
                    "B's", Cell("swapped_to_self", swap.SwappedToSelf), Cell("swapped_to_other", swap.SwappedToOther),
                    Cell("identity_swapped_to_self", swap.IdentitySwappedToSelf),
                    Cell("identity_swapped_to_other", swap.IdentitySwappedToOther), pairs, Cell("turned", swap.Turned),
                ],
            ]);
    }
}

/// <summary>
/// The check that ê holds the person: feed-forward frames on A's landmarks with A's own vector and with B's, each compared (SSIM) with A's
/// true
/// frame and with the true frame of B whose landmarks are nearest.
/// </summary>
/// <param name="NIdentities">Pairs A, B.</param>
/// <param name="OwnToSelf">A's vector, against A.</param>
/// <param name="OwnToOther">A's vector, against B.</param>
/// <param name="SwappedToSelf">B's vector, against A.</param>
/// <param name="SwappedToOther">B's vector, against B: above the one before when the face has turned into B's.</param>
/// <param name="Turned">Share of the pairs in which the swapped frames are nearer to B than to A.</param>
public sealed record EmbeddingSwap(int NIdentities, double OwnToSelf, double OwnToOther, double SwappedToSelf, double SwappedToOther,
    double Turned)
{
    /// <summary>Identity similarity (cosine) of A's own frames to A; null where no judge measured it.</summary>
    public double? IdentityOwnToSelf { get; init; }

    /// <summary>Identity similarity of the frames with B's vector to A: lower, where ê holds the person.</summary>
    public double? IdentitySwappedToSelf { get; init; }

    /// <summary>Identity similarity of the frames with B's vector to B.</summary>
    public double? IdentitySwappedToOther { get; init; }
}
