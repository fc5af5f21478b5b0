namespace ForensicHeads.Generator.Training;

/// <summary>Which way of making heads a meta-training is meant for. In the paper the two come from separate ones.</summary>
public enum TrainedFor
{
    /// <summary>One meta-training serves both.</summary>
    Both,

    /// <summary>Feed-forward: without L_MCH, twice as long.</summary>
    Ff,

    /// <summary>Fine-tuning: with L_MCH.</summary>
    Ft,
}
