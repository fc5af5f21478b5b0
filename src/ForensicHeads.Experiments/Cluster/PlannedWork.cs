namespace ForensicHeads.Experiments.Cluster;

/// <summary>What can be divided among many machines.</summary>
public enum PlannedWork
{
    /// <summary>Face crops of videos and photos, by file.</summary>
    Ingest,

    /// <summary>Fakes of a store's people, by person.</summary>
    Fakes,

    /// <summary>The heads of an experiment, by fold, generator and person.</summary>
    Experiment,

    /// <summary>Trainings that differ in their seed alone.</summary>
    Train,
}
