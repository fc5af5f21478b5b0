namespace ForensicHeads.Experiments.Protocols;

/// <summary>Something that can be trained on clips and scores other clips: the detector, or a baseline beside it.</summary>
/// <remarks>A network with fixed weights ignores the training side; a stateless object serves every round. Calls come from several threads
/// at once.</remarks>
public interface IClipScorer
{
    /// <summary>Name in tables, for example <c>trivial_pixels</c>.</summary>
    string Name { get; }

    /// <summary>One sentence: what it sees and how it is trained; its sign, where that was fixed beforehand.</summary>
    string Description { get; }

    /// <summary>Whether copies of the training clips stand among those that it learns from.</summary>
    bool LearnsFromCopies => false;

    /// <summary>Whether the detector's margin over it counts: not where it is another form of the detector itself.</summary>
    bool IsRival => true;

    /// <summary>How many generators (or collections) are left out of one training. Default 1. What is dear to train leaves several out
    /// at once: its rounds of one fold share a training that saw none of what any of them tests.</summary>
    int LeftOutTogether => 1;

    /// <summary>Learns from one side and scores the other.</summary>
    /// <param name="train">Clips to learn from, both classes; share nothing with the test side.</param>
    /// <param name="test">Clips to score; their labels must not be looked at.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="cancellation">Stops between clips.</param>
    /// <returns>The scores, higher = more likely generated, comparable within this call.</returns>
    ClipScores Score(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, CancellationToken cancellation);
}
