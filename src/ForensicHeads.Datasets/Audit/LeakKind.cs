namespace ForensicHeads.Datasets.Audit;

/// <summary>The ways in which test people can be known before the test, or a class be told by its path.</summary>
public enum LeakKind
{
    /// <summary>One person under two names, in two roles.</summary>
    Identity,

    /// <summary>A driver video that serves people of two roles, or shows a person of another role.</summary>
    Driver,

    /// <summary>One video, or one source file, with people of two roles.</summary>
    Video,

    /// <summary>One group (clips of one origin and encode) with people of two roles.</summary>
    Group,

    /// <summary>Two frames of different roles that look the same.</summary>
    NearDuplicate,

    /// <summary>Real and generated frames were cropped by different rules.</summary>
    CropSpecification,

    /// <summary>Real and generated frames have different sizes.</summary>
    Size,

    /// <summary>Real and generated frames went through different encoders.</summary>
    EncodePath,
}
