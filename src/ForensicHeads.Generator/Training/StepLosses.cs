using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>What one meta-learning step came to.</summary>
/// <param name="Terms">Each term of the objective that took part, before its weight, by name in the order of the sum.</param>
/// <param name="Discriminator">The hinge loss of D; null where it takes no part.</param>
/// <param name="EmbeddingSpread">Spread of ê over the batch relative to its size; null where the batch holds one episode.</param>
public sealed record StepLosses(IReadOnlyDictionary<string, double> Terms, double? Discriminator, double? EmbeddingSpread)
{
    /// <summary>L_CNT.</summary>
    public double Content => Of(ContentTerm.Key);

    /// <summary>Scores and gradient norms; null where <see cref="MetaLearner.Measures"/> was off.</summary>
    public StepMeasures? Measures { get; init; }

    /// <summary>A term by its name; 0 where it took no part.</summary>
    public double Of(string term) => Terms.GetValueOrDefault(term);
}

/// <summary>What one meta-learning step came to, still on its device.</summary>
/// <param name="Terms">Names of the objective's terms, in the order of the sum.</param>
/// <param name="Present">Of what else a step can come to, in the order of <see cref="Of"/>, what it has.</param>
/// <param name="Scalars">The terms, then what is present.</param>
internal sealed record UnreadLosses(IReadOnlyList<string> Terms, IReadOnlyList<bool> Present, IReadOnlyList<Tensor> Scalars)
{
    /// <summary>Takes them out of the graph into the outer dispose scope.</summary>
    /// <param name="terms">The objective's terms.</param>
    /// <param name="further">D's loss and the spread; then, of a measured step, the members of <see cref="StepMeasures"/>.</param>
    public static UnreadLosses Of(IReadOnlyList<KeyValuePair<string, Tensor>> terms, IReadOnlyList<Tensor?> further) => new(
        [.. terms.Select(term => term.Key)], [.. further.Select(scalar => scalar is not null)],
        [.. terms.Select(term => term.Value).Concat(further.OfType<Tensor>()).Select(scalar => scalar.detach().MoveToOuterDisposeScope())]);

    /// <summary>What they are once read.</summary>
    /// <param name="numbers">One for each of <see cref="Scalars"/>.</param>
    public StepLosses Read(IReadOnlyList<float> numbers)
    {
        var place = Terms.Count;
        var further = Present.Select(there => there ? numbers[place++] : (double?)null).ToArray();
        var terms = Terms.Zip(numbers, (name, value) => KeyValuePair.Create(name, (double)value)).ToDictionary(StringComparer.Ordinal);
        return new StepLosses(terms, further[0], further[1])
        {
            Measures = further is [_, _, var real, var generated, var e, var g, var p, var d]
                ? new StepMeasures(real, generated, e, g, p, d) : null,
        };
    }
}

/// <summary>What a step measures only when asked: each costs a look at the device.</summary>
/// <param name="RealScore">Mean D(x) in the step's last update of D; null where D takes no part.</param>
/// <param name="GeneratedScore">Mean D(x̂), likewise.</param>
/// <param name="Embedder">Euclidean norm of E's gradient.</param>
/// <param name="Generator">Of G's.</param>
/// <param name="Projection">Of P's.</param>
/// <param name="Discriminator">Of D's in its last update; null where D takes no part.</param>
public sealed record StepMeasures(
    double? RealScore, double? GeneratedScore, double? Embedder, double? Generator, double? Projection, double? Discriminator);
