using System.Globalization;

namespace ForensicHeads.Generator.Training;

/// <summary>Watches a run for the ways in which such trainings silently fail.</summary>
public sealed class TrainingCanary(Action<string> warn)
{
    private const int Window = 200;

    // A mean this near to 1 or 2 is pinned whatever its steps do; one less near only where they hardly differ: D that learns swings from batch to batch.
    private const double Pinned = 0.01;
    private const double NearlyPinned = 0.1;
    private const double Still = 0.05;

    private const double LeastSpread = 0.02;
    private readonly Queue<double> hinges = new();
    private readonly Queue<double> spreads = new();
    private readonly HashSet<string> said = [];

    /// <summary>Takes a step's losses in; warns once of each kind of failure. What the step did not measure says nothing.</summary>
    /// <exception cref="Foundation.UserErrorException">A loss is not a number: nothing can be learnt from there.</exception>
    public void Observe(int step, StepLosses losses)
    {
        if (!double.IsFinite(losses.Content + (losses.Discriminator ?? 0) + losses.Adversarial + losses.FeatureMatching))
        {
            throw new Foundation.UserErrorException(string.Create(CultureInfo.InvariantCulture, $"A loss became NaN or infinite at step {step}. Start a new run folder with lower learning rates."));
        }

        if (Fills(hinges, losses.Discriminator) && IsPinned(hinges))
        {
            Once("pinned", string.Create(CultureInfo.InvariantCulture, $"step {step}: the discriminator's loss has stood at {hinges.Average():F2} for {Window} steps; it tells nothing apart."));
        }

        if (Fills(spreads, losses.EmbeddingSpread) && spreads.Average() < LeastSpread) Once("embedder", $"step {step}: ê hardly differs between people; the embedder does nothing.");
    }

    private static bool IsPinned(Queue<double> hinges)
    {
        var mean = hinges.Average();
        var distance = Math.Min(Math.Abs(mean - 1), Math.Abs(mean - 2));
        return distance < Pinned || (distance < NearlyPinned && Math.Sqrt(hinges.Average(hinge => (hinge - mean) * (hinge - mean))) < Still);
    }

    /// <summary>Takes a measurement in, if there is one; true once it completes a full window.</summary>
    private static bool Fills(Queue<double> window, double? measured)
    {
        if (measured is not { } value) return false;
        window.Enqueue(value);
        if (window.Count > Window) window.Dequeue();
        return window.Count == Window;
    }

    private void Once(string kind, string message)
    {
        if (said.Add(kind)) warn(message);
    }
}
