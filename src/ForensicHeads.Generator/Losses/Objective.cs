using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>What options say of the objective; those of meta-learning and of fine-tuning are two answers.</summary>
internal interface ILossOptions
{
    string Content { get; }
    double ContentWeight { get; }
    double Vgg19Weight { get; }
    double VggFaceWeight { get; }
    double AdversarialWeight { get; }
    double FeatureMatchingWeight { get; }
    double MatchingWeight => 0;
    MatchingReduction MatchingReduction => default;
    bool MatchingTeachesVideos => false;
    IReadOnlyDictionary<string, double>? Terms { get; }
    long Seed { get; }
}

/// <summary>What the generator's side learns by, in meta-learning and in fine-tuning alike: the weighted sum of named terms.</summary>
internal sealed class Objective : IDisposable
{
    private readonly IContentLoss content;
    private readonly (ILossTerm Term, double Weight)[] terms;

    /// <summary>Makes the terms.</summary>
    /// <param name="options">Their weights.</param>
    /// <param name="files">Where the networks of content losses lie; null for none.</param>
    /// <exception cref="UserErrorException">A loss that is not known, or whose network is missing.</exception>
    public Objective(ILossOptions options, ContentLossFiles? files = null)
    {
        content = ContentLosses.ByName(options.Content, new(options.Seed, options.Vgg19Weight, options.VggFaceWeight), files);
        // In the order of the sum: another order rounds otherwise.
        terms =
        [
            (new ContentTerm(content), options.ContentWeight),
            (new AdversarialTerm(), options.AdversarialWeight),
            (new FeatureMatchingTerm(), options.FeatureMatchingWeight),
            (new MatchingTerm(options.MatchingReduction, options.MatchingTeachesVideos), options.MatchingWeight),
            .. (options.Terms ?? new Dictionary<string, double>()).OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (LossTerms.All.ByName(pair.Key), pair.Value)),
        ];
    }

    /// <summary>The terms that a step has what they need for, and their sum.</summary>
    public LossSum Of(LossStep step)
    {
        Tensor? total = null;
        var values = new List<KeyValuePair<string, Tensor>>(terms.Length);
        foreach (var (term, weight) in terms)
        {
            if (term.Of(step) is not { } value) continue;
            values.Add(KeyValuePair.Create(term.Name, value));
            var weighted = value.Times(weight);
            total = total?.Plus(weighted) ?? weighted;
        }

        return new LossSum(total!, values);
    }

    /// <summary>What L_CNT divides by in the parts of a batch; null where that is nothing.</summary>
    /// <param name="truths">x of each part, likewise many.</param>
    public Tensor? ContentScales(IReadOnlyList<Tensor> truths)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor? total = null;
        foreach (var truth in truths)
        {
            using var inner = NewDisposeScope();
            if (content.Scales(truth) is not { } scales) return null;
            total = (total?.Plus(scales) ?? scales).MoveToOuterDisposeScope();
        }

        return total?.DividedBy(truths.Count).MoveToOuterDisposeScope();
    }

    /// <summary>L_CNT alone, unweighted, for frames that are not learnt from.</summary>
    public double ContentOf(Tensor generated, Tensor truth) => content.Of(generated, truth).ToNumber();

    /// <inheritdoc/>
    public void Dispose() => content.Dispose();
}

/// <summary>An objective at one step.</summary>
/// <param name="Total">The weighted sum, to go backward from.</param>
/// <param name="Terms">Each term before its weight, in the order of the sum.</param>
internal sealed record LossSum(Tensor Total, IReadOnlyList<KeyValuePair<string, Tensor>> Terms)
{
    /// <summary>L_CNT, read from the device.</summary>
    public double Content() => Terms.First(term => term.Key == ContentTerm.Key).Value.ToNumber();
}
