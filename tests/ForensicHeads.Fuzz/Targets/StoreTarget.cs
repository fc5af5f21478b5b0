namespace ForensicHeads.Fuzz.Targets;

/// <summary>One file of a small store: rows of the index, pictures of the shard, or the manifest.</summary>
/// <remarks>Opened, every picture read, and compared with the hash noted when it was written.</remarks>
internal sealed class StoreTarget : FuzzTarget
{
    private const int Side = 16;
    private readonly string file;

    /// <summary>Makes the store.</summary>
    /// <param name="file">The file that is spoilt, below the store.</param>
    public StoreTarget(string file)
    {
        this.file = file;
        Seeds = [SmallStore.Write(this["store"], Side, file)];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(this[Path.Combine("store", file)], input);
        var store = FrameStore.Open(this["store"]);
        UserErrorException? damaged = null;
        foreach (var frame in store.Frames)
        {
            try
            {
                store.ReadImage(frame);
            }
            catch (UserErrorException error)
            {
                // One picture's damage does not keep the others from being read.
                damaged = error;
            }
        }

        store.Verify();
        if (damaged is not null) throw damaged;
    }
}
