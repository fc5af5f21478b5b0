using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Heads;

/// <summary>
/// Fine-tuning of one person: ψ' starts at P ê and is learnt together with ψ; D's vector w' starts at w0 + ê, free of spectral norm;
/// L_CNT + L_ADV, no L_MCH; E is not used.
/// </summary>
internal sealed class FineTuner : IDisposable
{
    private readonly AdaptOptions options;
    private readonly GeneratorWeights weights;
    private readonly Objective objective;
    private readonly NetworkParameters generator;
    private readonly NetworkParameters discriminator;
    private readonly Tensor adaptive;
    private readonly Tensor adaptiveAverage;
    private readonly Tensor ownVector;
    private readonly Adam generatorAdam;
    private readonly Adam adaptiveAdam;
    private readonly Adam discriminatorAdam;
    private readonly Adam ownVectorAdam;
    private readonly ParameterAverage average;
    private (NetworkParameters Generator, Tensor Adaptive)? kept;

    public FineTuner(GeneratorWeights weights, Tensor embedding, AdaptOptions options, ContentLossFiles? files = null)
    {
        using var scope = NewDisposeScope();
        this.options = options;
        this.weights = weights;
        objective = new Objective(options, files);
        generator = weights.Generator.Clone();
        discriminator = weights.Discriminator.Clone();
        using (no_grad())
        {
            var projection = weights.Projection.Bind(learn: false, advance: false);
            adaptive = weights.Architecture.Projection.Forward(embedding, projection).detach().clone().DetachFromDisposeScope();
            adaptiveAverage = adaptive.clone().DetachFromDisposeScope();
            var general = weights.Architecture.Discriminator.GeneralVector(discriminator.Bind(learn: false, advance: false));
            ownVector = general.Plus(embedding.view(-1)).detach().clone().DetachFromDisposeScope();
        }

        adaptive.requires_grad_(true);
        ownVector.requires_grad_(true);
        var generatorRates = new AdamOptions(options.GeneratorRate, options.GeneratorBeta1);
        var discriminatorRates = new AdamOptions(options.DiscriminatorRate, Epsilon: options.DiscriminatorEpsilon);
        generatorAdam = new Adam(generator.Values, generatorRates);
        adaptiveAdam = new Adam(adaptive, generatorRates);
        discriminatorAdam = new Adam(discriminator.Values, discriminatorRates);
        ownVectorAdam = new Adam(ownVector, discriminatorRates);
        average = new ParameterAverage(generator, options.AverageDecay, options.AverageWarmUp);
    }

    /// <summary>In which numbers it computes.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>Where it learns: where the weights lie.</summary>
    public Device Device => generator.Device;

    /// <summary>ψ', float32[1, n].</summary>
    internal Tensor Adaptive => adaptive;

    /// <summary>w', float32[N].</summary>
    internal Tensor OwnVector => ownVector;

    /// <summary>The updates of D, then one of G and ψ', at a share of their rates; returns the objective,
    /// unread, in the caller's dispose scope.</summary>
    public LossSum Learn(Tensor frames, Tensor landmarks, double rateFactor)
    {
        using var scope = NewDisposeScope();
        var values = generator.Bind(learn: true, advance: true);
        Tensor generated;
        using (Compute.Forwards()) generated = Draw(landmarks, adaptive, values);
        for (var i = 0; UsesDiscriminator && i < options.DiscriminatorUpdates; i++) LearnDiscriminator(frames, landmarks,
            generated.detach(), rateFactor);

        var offered = new LossStep(generated, frames, UsesDiscriminator ? Judge : null) { Landmarks = landmarks, Adaptive = adaptive };
        var sum = objective.Of(offered);
        sum.Total.backward();
        generatorAdam.Step(options.GeneratorRate * rateFactor);
        adaptiveAdam.Step(options.GeneratorRate * rateFactor);
        average.Update(generatorAdam.Steps);
        var decay = average.DecayAt(generatorAdam.Steps);
        using var kept = decay.ToScalar();
        using var taken = (1 - decay).ToScalar();
        using (no_grad()) adaptiveAverage.mul_(kept).add_(adaptive, taken);
        return new LossSum(Outer(sum.Total), [.. sum.Terms.Select(term => KeyValuePair.Create(term.Key, Outer(term.Value)))]);

        static Tensor Outer(Tensor value) => value.detach().MoveToOuterDisposeScope();

        DiscriminatorJudgement Judge()
        {
            var bound = discriminator.Bind(learn: false, advance: false);
            using var fast = Compute.Forwards();
            return AdversarialLoss.Judge(
                Net, bound, frames, generated, landmarks, vectors => Net.ScoreOwn(vectors, ownVector.detach(), bound));
        }
    }

    /// <summary>The content loss of the averaged weights on frames that are not learnt from.</summary>
    public double Loss(Tensor frames, Tensor landmarks)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = average.Average.Bind(learn: false, advance: false);
        Tensor generated;
        using (Compute.Forwards()) generated = Draw(landmarks, adaptiveAverage, bound);
        return objective.ContentOf(generated, frames);
    }

    /// <summary>Keeps the averaged weights as they are now; <see cref="Finish"/> will give them.</summary>
    public void Keep()
    {
        kept?.Generator.Dispose();
        kept?.Adaptive.Dispose();
        using var _ = no_grad();
        kept = (average.Average.Clone(), adaptiveAverage.clone().DetachFromDisposeScope());
    }

    /// <summary>The head with the averaged weights, those that were kept if any were.</summary>
    public NetworkHead Finish(KeptStep? record = null)
    {
        var (own, vector) = kept ?? (average.Average, adaptiveAverage);
        return new NetworkHead(weights.Architecture, weights.Preset.Size, own.Clone(), ownsGenerator: true,
            vector.clone())
        { Kept = record, Compute = Compute };
    }

    public void Dispose()
    {
        foreach (var adam in new[] { generatorAdam, adaptiveAdam, discriminatorAdam, ownVectorAdam }) adam.Dispose();
        average.Dispose();
        kept?.Generator.Dispose();
        kept?.Adaptive.Dispose();
        generator.Dispose();
        discriminator.Dispose();
        adaptive.Dispose();
        adaptiveAverage.Dispose();
        ownVector.Dispose();
        objective.Dispose();
    }

    private Tensor Draw(Tensor landmarks, Tensor vector, BoundParameters values) =>
        weights.Architecture.Generator.Forward(landmarks, vector, values).to_type(ScalarType.Float32);

    private Discriminator Net => weights.Architecture.Discriminator;

    private bool UsesDiscriminator => options.AdversarialWeight > 0 || options.FeatureMatchingWeight > 0;

    private void LearnDiscriminator(Tensor frames, Tensor landmarks, Tensor generated, double rateFactor)
    {
        using var scope = NewDisposeScope();
        var bound = discriminator.Bind(learn: true, advance: true);
        Tensor real, fake;
        using (Compute.Forwards()) (real, fake) = AdversarialLoss.Scores(
            Net, bound, frames, generated, landmarks, vectors => Net.ScoreOwn(vectors, ownVector, bound));
        AdversarialLoss.Hinge(real, fake).backward();
        discriminatorAdam.Step(options.DiscriminatorRate * rateFactor);
        ownVectorAdam.Step(options.DiscriminatorRate * rateFactor);
    }
}
