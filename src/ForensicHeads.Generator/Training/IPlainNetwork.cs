namespace ForensicHeads.Generator.Training;

/// <summary>A network learnt from single frames in one go: a matter of minutes, so there are no checkpoints.</summary>
public interface IPlainNetwork : IDisposable
{
    /// <summary>Name, also of its weights file.</summary>
    string Name { get; }

    /// <summary>What its loss is called in <c>stats.jsonl</c>.</summary>
    string LossName { get; }

    /// <summary>Learns from the frames; of the options, steps, batch and seed count. Deterministic for a number of threads.</summary>
    /// <param name="data">Training frames.</param>
    /// <param name="options">Steps, batch, seed.</param>
    /// <param name="onStep">Receives step (from 1) and loss.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="Foundation.UserErrorException">The data do not suit the network.</exception>
    void Learn(EpisodeData data, TrainOptions options, Action<int, double>? onStep, CancellationToken cancellation);

    /// <summary>How well it does on people it never saw: figures by name; empty where there is nothing to measure.</summary>
    /// <exception cref="Foundation.UserErrorException">The data do not suit the measure.</exception>
    IReadOnlyDictionary<string, double> Measure(EpisodeData heldOut);

    /// <summary>Writes the weights.</summary>
    void Save(string path, IReadOnlyDictionary<string, string> metadata, bool half);
}
