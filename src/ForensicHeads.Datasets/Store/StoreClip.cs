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

        /// <summary>Those so far, by their first frames.</summary>
        public IReadOnlyList<StoreClip> Clips => clips;

        /// <summary>Counts frames that follow each other.</summary>
        /// <param name="clip">What they have in common.</param>
        /// <param name="key">Key of the first of them.</param>
        /// <param name="frames">How many there are.</param>
        public void Add(FrameRecord clip, ReadOnlySpan<char> key, int frames)
        {
            if (!known.TryGetValue(clip, out var one))
            {
                known.Add(clip, one = new StoreClip(clip, key.ToString()));
                clips.Add(one);
            }

            one.Frames += frames;
        }
    }
}
