namespace ForensicHeads.Datasets.Store;

/// <summary>Frames of a store that differ in nothing but their place, time and landmarks.</summary>
/// <param name="row">What they have in common; columns of a single frame are empty.</param>
/// <param name="firstKey">Key of the first of them.</param>
internal sealed class StoreClip(FrameRecord row, string firstKey)
{
    /// <summary>What they have in common; key, landmarks and the other columns of a single frame are empty.</summary>
    public FrameRecord Row => row;

    /// <summary>Key of the first of them.</summary>
    public string FirstKey => firstKey;

    /// <summary>How many there are.</summary>
    public int Frames { get; private set; }

    /// <summary>Counts the clips of rows as they come.</summary>
    internal sealed class Tally
    {
        private readonly Dictionary<FrameRecord, StoreClip> known = [];
        private readonly List<StoreClip> clips = [];
        private readonly List<IndexClip> runs = [];

        /// <summary>Those so far, by their first frames.</summary>
        public IReadOnlyList<StoreClip> Clips => clips;

        /// <summary>Where rows begin that are not of the clip before; one clip is one object in all of them.</summary>
        public IReadOnlyList<IndexClip> Runs => runs;

        /// <summary>Counts frames that follow each other.</summary>
        /// <param name="clip">What they have in common.</param>
        /// <param name="key">Key of the first of them.</param>
        /// <param name="frames">How many there are.</param>
        public void Add(IndexClip clip, ReadOnlySpan<char> key, int frames)
        {
            if (!known.TryGetValue(clip.Row, out var one))
            {
                known.Add(clip.Row, one = new StoreClip(clip.Row, key.ToString()));
                clips.Add(one);
            }

            one.Frames += frames;
            if (runs.Count == 0 || !ReferenceEquals(runs[^1].Row, one.Row)) runs.Add(clip with { Row = one.Row });
        }
    }
}
