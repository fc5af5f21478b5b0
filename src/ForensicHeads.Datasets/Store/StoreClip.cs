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
        private StoreClip? last;

        /// <summary>Those so far, by their first frames.</summary>
        public IReadOnlyList<StoreClip> Clips => clips;

        /// <summary>Counts a frame.</summary>
        public void Add(FrameRecord clip, string key)
        {
            if (!ReferenceEquals(last?.Row, clip) && !known.TryGetValue(clip, out last))
            {
                known.Add(clip, last = new StoreClip(clip, key));
                clips.Add(last);
            }

            last!.Frames++;
        }
    }
}
