namespace ForensicHeads.Experiments.Withdrawal;

/// <summary>What was made from a person's frames.</summary>
public enum DerivedKind
{
    /// <summary>A store with frames of the person, frames that they drove, or a file that names them; it is rewritten without them.</summary>
    Store,

    /// <summary>A head of the person, as safetensors or ONNX file.</summary>
    Head,

    /// <summary>A video or pictures for people, of the person or driven by them, with the sidecar.</summary>
    Export,

    /// <summary>A split that names the person; it is rewritten without them.</summary>
    Split,

    /// <summary>A report of an experiment or of <c>detect evaluate</c> in which the person took part, its cache included.</summary>
    Experiment,

    /// <summary>A detector that learnt from a store with the person.</summary>
    Detector,

    /// <summary>A training run of a generator that learnt from a store with the person.</summary>
    Training,
}
