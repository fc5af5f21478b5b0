using ForensicHeads.Benchmarks;
using ForensicHeads.Benchmarks.Generation;
using ForensicHeads.Benchmarks.Person;
using ForensicHeads.Benchmarks.Scoring;
using ForensicHeads.Benchmarks.Stores;
using ForensicHeads.Benchmarks.Watermark;
using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- --filter '*Rendering*'
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- training 5
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- tuning 5
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- loader 5
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- generation
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- features 5
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- watermark --clips 200 --unmarked 5000
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- score clip.mp4 runs/detector 3
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- index write /tmp/large 10000000
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- index split /tmp/large
// dotnet run -c Release --project tests/ForensicHeads.Benchmarks -- person ../shared/data/open src/ForensicHeads.Detector/Person
if (args is ["training", .. var training]) return TrainingSpeed.Run(training);
if (args is ["tuning", .. var tuning]) return FineTuneSpeed.Run(tuning);
if (args is ["loader", .. var loader]) return LoaderSpeed.Run(loader);
if (args is ["generation", .. var generation]) return GenerationSpeed.Run(generation);
if (args is ["features", .. var features]) return FeatureSpeed.Run(features);
if (args is ["watermark", .. var watermark]) return WatermarkStudy.Run(watermark);
if (args is ["score", .. var score]) return ScoringSpeed.Run(score);
if (args is ["person", .. var person]) return PersonCalibrationStudy.Run(person);
if (args is ["index", .. var index]) return IndexSpeed.Run(index);
BenchmarkSwitcher.FromAssembly(typeof(ForensicHeads.Benchmarks.Rendering).Assembly).Run(args);
return 0;
