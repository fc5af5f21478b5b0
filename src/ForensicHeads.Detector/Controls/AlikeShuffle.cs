namespace ForensicHeads.Detector.Controls;

/// <summary>The label shuffle over test frames that look like frames of training, by a model that learns labels by heart: a frame is what
/// its nearest neighbour among the training frames is.</summary>
/// <remarks>The label that a look-alike carries is that of the training frame it looks like. Where that one is not its nearest neighbour,
/// the neighbour's label hits and misses equally often; where it is, for the frame and its fake, the label is right in every
/// permutation.</remarks>
/// <param name="Drivers">How many driver frames look alike.</param>
/// <param name="Mean">Mean share of the permutations in which frame and fake are told apart by the carried label.</param>
/// <param name="Known">How many are told apart in every permutation: the same picture under another name.</param>
public sealed record AlikeShuffle(int Drivers, double Mean, int Known)
{
    internal static AlikeShuffle? Of(int drivers, double[][] told) => drivers == 0 ? null : new AlikeShuffle(
        drivers, told.Average(permutation => permutation.Average()),
        Enumerable.Range(0, told[0].Length).Count(one => told.All(permutation => permutation[one] == 1)));

    /// <summary>The distances from a frame and its fake to all frames of training, for up to 500 look-alikes.</summary>
    internal sealed class Memory
    {
        private const int Most = 500;

        private readonly string[] likes;
        private readonly float[][] distances;

        public Memory(IReadOnlyList<PairedFeatures> train, IReadOnlyList<PairedFeatures> test, IReadOnlyDictionary<string, string> likeness)
        {
            PairedFeatures[] chosen =
                [.. test.Where(pair => likeness.ContainsKey(pair.Driver)).DistinctBy(pair => pair.Driver).Take(Most)];
            likes = [.. chosen.Select(pair => likeness[pair.Driver])];
            if (chosen.Length == 0)
            {
                distances = [];
                return;
            }

            var rows = LabelShuffle.Rows(train);
            var standardiser = new Standardiser(rows);
            var (known, asked) = (standardiser.Apply(rows), standardiser.Apply(LabelShuffle.Rows(chosen)));
            distances = new float[asked.Length][];
            ParallelLoop.Run(asked.Length, i => distances[i] = [.. known.Select(row => System.Numerics.Tensors.TensorPrimitives.Distance(
                asked[i], row))], CancellationToken.None);
        }

        /// <summary>Of each look-alike in one permutation: 1 where frame and fake are told apart by the carried label, 0 where the other
        /// way round, ½ for a tie.</summary>
        /// <param name="labels">Of the training rows: real, made, real, made …</param>
        /// <param name="exchanged">Whether a driver of training is.</param>
        public double[] Told(bool[] labels, Func<string, bool> exchanged) =>
        [
            .. likes.Select((like, i) =>
            {
                float Score(int row) => Nearest(distances[row], labels, false) - Nearest(distances[row], labels, true);
                var made = Score((2 * i) + 1).CompareTo(Score(2 * i));
                return 0.5 + (0.5 * Math.Sign(exchanged(like) ? -made : made));
            }),
        ];

        private static float Nearest(float[] distances, bool[] labels, bool label)
        {
            var nearest = float.MaxValue;
            for (var i = 0; i < distances.Length; i++) if (labels[i] == label && distances[i] < nearest) nearest = distances[i];
            return nearest;
        }
    }
}
