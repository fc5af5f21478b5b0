namespace ForensicHeads.Datasets.Store;

/// <summary>What <c>store.json</c> notes about one tar shard.</summary>
/// <param name="Name">File name inside <c>shards/</c>.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
public sealed record StoreShard(string Name, long Bytes, string Sha256);
