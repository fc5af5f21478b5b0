namespace ForensicHeads.Datasets.Store;

/// <summary>Finds the result of an earlier run, so that it need not be made again.</summary>
public static class FinishedStore
{
    /// <summary>The store at a path if it was made by the same arguments and every picture is as it was written; else null.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="arguments">What would make it now; they must name all that shapes it, inputs by their hashes.</param>
    public static FrameStore? Find(string path, IReadOnlyList<string> arguments)
    {
        if (!Directory.Exists(path)) return null;
        try
        {
            var store = FrameStore.Open(path);
            if (!store.Info.Arguments.SequenceEqual(arguments)) return null;
            // A damaged one is made again, not used.
            store.Verify();
            return store;
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}
