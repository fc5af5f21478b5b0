using System.Globalization;

namespace ForensicHeads.Generator.Training;

/// <summary>Watches a run for the ways in which such trainings silently fail.</summary>
public sealed class TrainingCanary(Action<string> warn)
{
    private const int Window = 200;
    private readonly Queue<StepLosses> recent = new();
    private readonly HashSet<string> said = [];

    /// <summary>Takes a step's losses in; warns once of each kind of failure.</summary>
    /// <exception cref="Foundation.UserErrorException">A loss is not a number: nothing can be learnt from there.</exception>
    public void Observe(int step, StepLosses losses)
    {
        if (!double.IsFinite(losses.Content + losses.Discriminator + losses.Adversarial + losses.FeatureMatching))
        {
            throw new Foundation.UserErrorException(string.Create(CultureInfo.InvariantCulture, $"A loss became NaN or infinite at step {step}. Resume from the last checkpoint with lower learning rates."));
        }

        if (losses.Discriminator == 0) return;
        recent.Enqueue(losses);
        if (recent.Count > Window) recent.Dequeue();
        if (recent.Count < Window) return;
        var discriminator = recent.Average(item => item.Discriminator);
        if (Math.Abs(discriminator - 2) < 0.01 || Math.Abs(discriminator - 1) < 0.01)
        {
            Once("pinned", string.Create(CultureInfo.InvariantCulture, $"step {step}: the discriminator's loss has stood at {discriminator:F2} for {Window} steps; it tells nothing apart."));
        }

        if (recent.Average(item => item.EmbeddingSpread) < 0.02) Once("embedder", $"step {step}: ê hardly differs between people; the embedder does nothing.");
    }

    private void Once(string kind, string message)
    {
        if (said.Add(kind)) warn(message);
    }
}
