// Sending a file, with word of how far it has come; fetch cannot tell.
import { ApiProblem, proof, refusal } from './client'

/** Send the content of a file; `progress` hears the share that was sent. Throws ApiProblem. */
export function sendFile<T>(url: string, file: Blob, progress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    const headers = { Accept: 'application/json', 'Content-Type': 'application/octet-stream', ...proof() }
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => { progress(total > 0 ? loaded / total : 0) }
    request.onerror = () => { reject(new ApiProblem(0, null, '')) }
    request.onload = () => { settle<T>(request).then(resolve, reject) }
    request.send(file)
  })
}

async function settle<T>(request: XMLHttpRequest): Promise<T> {
  const { status, responseText } = request
  if (status < 200 || status >= 300) throw await refusal(new Response(responseText, { status }))
  try {
    return JSON.parse(responseText) as T
  } catch {
    throw new ApiProblem(status, null, '')
  }
}
