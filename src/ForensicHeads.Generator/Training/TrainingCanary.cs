using System.Globalization;

namespace ForensicHeads.Generator.Training;

/// <summary>Watches a run for the ways in which such trainings silently fail.</summary>
/// <param name="warn">Takes the warnings.</param>
/// <param name="lastGood">Path of the newest checkpoint, or null where there is none.</param>
public sealed class TrainingCanary(Action<string> warn, Func<string?>? lastGood = null)
{
    private const int Window = 200;

    // A mean this near to 1 or 2 is pinned whatever its steps do; one less near only where they hardly differ: D that learns swings from
    // batch to batch.
    private const double Pinned = 0.01;
    private const double NearlyPinned = 0.1;
    private const double Still = 0.05;

    private const double LeastSpread = 0.02;

    // Another person's ê must move the picture by at least this share of the frames' own deviation, in one of so many grids in a row.
    private const double LeastSwap = 0.01;
    private const int Grids = 3;
    private readonly Queue<double> hinges = new();
    private readonly Queue<double> spreads = new();
    private readonly Queue<double> swaps = new();
    private readonly HashSet<string> said = [];

    /// <summary>Takes a step's losses in; warns once of each kind of failure. What the step did not measure says nothing.</summary>
    /// <exception cref="UserErrorException">A loss or a gradient is not a number: nothing can be learnt from there.</exception>
    public void Observe(int step, StepLosses losses)
    {
        if (FirstBroken(losses) is { } name) throw Broken(name, step, lastGood?.Invoke());
        if (Fills(hinges, losses.Discriminator, Window) && IsPinned(hinges))
        {
            Once("pinned",
                string.Create(CultureInfo.InvariantCulture,
                $"step {step}: the discriminator's loss has stood at {hinges.Average():F2} for {Window} steps; "
                + $"it does not tell true frames from made ones."));
        }

        if (Fills(spreads, losses.EmbeddingSpread, Window) && spreads.Average() < LeastSpread) Once("embedder",
            $"step {step}: ê hardly differs between people; the embedder does nothing.");
    }

    /// <summary>Takes a grid's change under a swapped ê in; warns once where ê is ignored.</summary>
    /// <param name="step">The step.</param>
    /// <param name="change">As in <see cref="SampleDrawing.SwapChange"/>; null says nothing.</param>
    public void ObserveSwap(int step, double? change)
    {
        if (Fills(swaps, change, Grids) && swaps.Max() < LeastSwap)
        {
            Once("swap",
                string.Create(CultureInfo.InvariantCulture,
                $"step {step}: another person's ê has changed the frames by no more than {swaps.Max():P1} of their deviation in {Grids} "
                + $"grids; ê is ignored."));
        }
    }

    /// <summary>The error that ends a run whose values are no numbers any more.</summary>
    /// <param name="what">What is broken.</param>
    /// <param name="step">Where it was found.</param>
    /// <param name="lastGood">The checkpoint before it, if there is one.</param>
    internal static UserErrorException Broken(string what, int step, string? lastGood)
    {
        var kept = lastGood is null ? "No checkpoint was written before it" : $"The last good checkpoint is {lastGood}";
        return new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"The training broke at step {step}: {what} became NaN or infinite. {kept}. "
            + $"Start a new run folder with lower learning rates."));
    }

    private static string? FirstBroken(StepLosses losses)
    {
        var measures = losses.Measures;
        (string Name, double? Value)[] all =
        [
            ("the content loss", losses.Content), ("the discriminator's loss", losses.Discriminator),
            .. losses.Terms.Select(term => ($"the {term.Key.Replace('_', ' ')} loss", (double?)term.Value)),
            ("the embedder's gradient", measures?.Embedder), ("the generator's gradient", measures?.Generator),
            ("the projection's gradient", measures?.Projection), ("the discriminator's gradient", measures?.Discriminator),
        ];
        return all.Where(item => item.Value is { } value && !double.IsFinite(value)).Select(item => item.Name).FirstOrDefault();
    }

    private static bool IsPinned(Queue<double> hinges)
    {
        var mean = hinges.Average();
        var distance = Math.Min(Math.Abs(mean - 1), Math.Abs(mean - 2));
        return distance < Pinned
            || (distance < NearlyPinned && Math.Sqrt(hinges.Average(hinge => (hinge - mean) * (hinge - mean))) < Still);
    }

    /// <summary>Takes a measurement in, if there is one; true once it completes a full window.</summary>
    private static bool Fills(Queue<double> window, double? measured, int length)
    {
        if (measured is not { } value) return false;
        window.Enqueue(value);
        if (window.Count > length) window.Dequeue();
        return window.Count == length;
    }

    private void Once(string kind, string message)
    {
        if (said.Add(kind)) warn(message);
    }
}
